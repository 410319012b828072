//! Any text and another one for one of its scalars: where an edit is certain, only that value
//! changes.

#![no_main]

mod shown;

use consoleme_cfg::yaml::{self, Editor, Node, NodeId, SourceId, Tree, Value, Visit};
use libfuzzer_sys::fuzz_target;
use shown::shown;

fuzz_target!(|input: (&str, usize, &str)| {
    let (text, which, new) = input;
    let mut tree = Tree::default();
    let Ok(root) = yaml::read(text, SourceId(0), &mut tree) else {
        return;
    };
    let mut leaves: Vec<NodeId> = Vec::new();
    let visit = &mut |visit: Visit<'_>, _: &str| {
        match visit {
            Visit::Leaf(node) if is_written(node) => leaves.push(node.id()),
            _ => {}
        }
        Ok(())
    };
    // What contains itself is not written out.
    if yaml::walk(tree.node(root), "", &|_, _| false, visit).is_err() {
        return;
    }
    let Some(&leaf) = leaves.get(which % leaves.len().max(1)) else {
        return;
    };
    let Some(edits) = Editor::new(text).replace(tree.node(leaf), &yaml::quote(new)) else {
        return;
    };
    let edited = yaml::apply(text, &edits).expect("the edits of one place fit");
    *tree.value_mut(leaf).expect("it is there") = Value::Str(new.into());
    let mut again = Tree::default();
    let read = yaml::read(&edited, SourceId(0), &mut again).expect("what was edited is read");
    assert_eq!(shown(again.node(read)), shown(tree.node(root)), "{edited}");
});

fn is_written(node: Node<'_>) -> bool {
    !node.is_collection() && node.span().start < node.span().end
}
