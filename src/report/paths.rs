//! Names of files, as services that show a repository find them.

use std::env;
use std::ffi::OsStr;
use std::path::{Component, Path, PathBuf};

use url::Url;

/// Where GitHub's and GitLab's runners say that the repository was checked out.
const CHECKOUTS: [&str; 2] = ["GITHUB_WORKSPACE", "CI_PROJECT_DIR"];

/// The path from the working directory, or the absolute one where it is outside.
pub(super) fn from_here(path: &Path) -> PathBuf {
    let here = env::current_dir().unwrap_or_default();
    relative(path, &here, &here)
}

/// The path from the root of the repository that a job checked out, or else from the working
/// directory.
pub(super) fn in_repository(path: &Path) -> PathBuf {
    let here = env::current_dir().unwrap_or_default();
    let checkouts = CHECKOUTS.iter().filter_map(env::var_os).map(PathBuf::from);
    let root = checkouts
        .filter(|root| !root.as_os_str().is_empty())
        .find(|root| here.starts_with(root));
    relative(path, &here, root.as_ref().unwrap_or(&here))
}

/// [`in_repository`] as a URI reference.
pub(super) fn uri(path: &Path) -> String {
    let path = in_repository(path);
    let absolute = Path::new("/").join(&path);
    let Ok(uri) = Url::from_file_path(&absolute) else {
        return path.to_string_lossy().into_owned();
    };
    if path.is_absolute() {
        uri.into()
    } else {
        // What stands before the first colon of a relative reference would be a scheme.
        uri.path().trim_start_matches('/').replace(':', "%3A")
    }
}

fn relative(path: &Path, here: &Path, root: &Path) -> PathBuf {
    let mut clean = PathBuf::new();
    for part in here.join(path).components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                clean.pop();
            }
            part => clean.push(OsStr::new(&part)),
        }
    }
    match clean.strip_prefix(root) {
        Ok(inside) => inside.to_owned(),
        Err(_) => clean,
    }
}
