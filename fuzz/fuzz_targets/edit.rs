//! Any text and an edit of one of its values: only that value changes.

#![no_main]

mod shown;

use consoleme_cfg::yaml::{self, Edit, Node, NodeId, SourceId, Tree, Value, Visit};
use libfuzzer_sys::fuzz_target;
use shown::shown;

fuzz_target!(|input: (&str, usize, &str)| {
    let (text, which, new) = input;
    let mut tree = Tree::default();
    // What has a tag or more than one place is not edited as text alone.
    if text.contains(['&', '*', '!']) || text.contains("<<") {
        return;
    }
    let Ok(root) = yaml::read(text, SourceId(0), &mut tree) else {
        return;
    };
    let mut leaves: Vec<NodeId> = Vec::new();
    let visit = &mut |visit: Visit<'_>, _: &str| {
        match visit {
            Visit::Leaf(node) if is_written_text(node) => leaves.push(node.id()),
            _ => {}
        }
        Ok(())
    };
    yaml::walk(tree.node(root), "", &|_, _| false, visit).expect("there is no alias");
    let Some(&leaf) = leaves.get(which % leaves.len().max(1)) else {
        return;
    };
    let edit = Edit {
        span: tree.node(leaf).span(),
        text: yaml::quote(new),
    };
    let edited = yaml::apply(text, &[edit]).expect("one edit in the text");
    *tree.value_mut(leaf).expect("it is there") = Value::Str(new.into());
    let mut again = Tree::default();
    let read = yaml::read(&edited, SourceId(0), &mut again).expect("what was edited is read");
    assert_eq!(shown(again.node(read)), shown(tree.node(root)));
});

fn is_written_text(node: Node<'_>) -> bool {
    node.as_str().is_some() && node.span().start < node.span().end
}
