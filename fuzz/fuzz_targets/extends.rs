//! Any four files, of which the first is read with what it extends: no panic, places in the files
//! that were read, and the same configuration from the kept texts as from the disk.

#![no_main]

use std::fs;
use std::path::PathBuf;
use std::sync::OnceLock;

use consoleme_cfg::consoleme::{Load, load, reload};
use consoleme_cfg::examine::examine;
use consoleme_cfg::yaml;
use libfuzzer_sys::fuzz_target;

const NAMES: [&str; 4] = ["a.yaml", "b.yaml", "c.yaml", "d/e.yaml"];

fuzz_target!(|texts: [&str; 4]| {
    let folder = folder();
    for (name, text) in NAMES.iter().zip(texts) {
        fs::write(folder.join(name), text).expect("a file can be written");
    }
    let from_disk = load(&folder.join("a.yaml"));
    let kept = reload(from_disk.sources());
    assert_eq!(told(&kept), told(&from_disk));
    if let Ok(examined) = examine(from_disk, None) {
        for finding in examined.findings.iter() {
            let source = examined.sources().get(finding.place.source.0 as usize);
            let text = &source.expect("a file that was read").text;
            let span = finding.place.span;
            assert!(text.get(span.start as usize..span.end as usize).is_some());
        }
    }
});

/// A folder of this process.
fn folder() -> &'static PathBuf {
    static FOLDER: OnceLock<PathBuf> = OnceLock::new();
    FOLDER.get_or_init(|| {
        let folder = std::env::temp_dir().join(format!("fuzz-extends-{}", std::process::id()));
        fs::create_dir_all(folder.join("d")).expect("a folder can be made");
        folder
    })
}

/// The configuration, or why there is none.
fn told(load: &Load) -> String {
    match &load.result {
        Ok(config) => format!("{:?}", yaml::to_yaml(config.root(), "", &|_, _| false)),
        Err(failure) => format!("{:?}", failure.error),
    }
}
