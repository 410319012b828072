//! The documentation as a book.

use tempfile::TempDir;

use super::{root, run, said};
use crate::harness::tool;

#[test]
fn mdbook_builds_it_without_a_complaint() {
    let folder = TempDir::new().unwrap();
    let output = run(tool("mdbook")
        .arg("build")
        .arg(root().join("docs"))
        .arg("--dest-dir")
        .arg(folder.path()));
    let said = said(&output);
    assert!(!said.contains("WARN") && !said.contains("ERROR"), "{said}");
    for page in ["guide.html", "rules.html", "keys.html", "contributing.html"] {
        assert!(folder.path().join(page).exists(), "{page}");
    }
}
