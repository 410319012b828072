//! Any text: no panic, spans that fit it, and a value that survives being written.

#![no_main]

mod shown;

use consoleme_cfg::yaml::{self, Lines, Node, SourceId, Span, Tree, Visit};
use libfuzzer_sys::fuzz_target;
use shown::shown;

fuzz_target!(|text: &str| {
    let fits = |span: Span| {
        assert!(text.get(span.start as usize..span.end as usize).is_some());
        assert!(Lines::new(text).position(span.start) <= Lines::new(text).position(span.end));
    };
    let mut tree = Tree::default();
    let root = match yaml::read(text, SourceId(0), &mut tree) {
        Ok(root) => tree.node(root),
        Err(error) => return fits(error.span),
    };
    let visit = &mut |visit: Visit<'_>, _: &str| {
        let node: Option<Node<'_>> = match visit {
            Visit::Entry { key, .. } => key,
            Visit::Leaf(node) | Visit::Hidden(node) | Visit::Open(node) | Visit::Close(node) => {
                Some(node)
            }
        };
        if let Some(node) = node {
            fits(node.span());
        }
        Ok(())
    };
    let _ = yaml::walk(root, "", &|_, _| false, visit);
    let _ = yaml::to_json(root, "", &|_, _| false);
    if let Ok(written) = yaml::to_yaml(root, "", &|_, _| false) {
        let mut again = Tree::default();
        let read = yaml::read(&written, SourceId(0), &mut again).expect("what was written is read");
        assert_eq!(shown(again.node(read)), shown(root));
    }
});
