//! The process edge: parse the arguments, call one command, turn its outcome into an exit status.

fn main() {}
