"""Lists every configuration key that an installed ConsoleMe reads.

Usage: keys.py FOLDER, the folder of the installed `consoleme` package.

Prints one JSON object. `keys` holds each key written out in the source as `{"key", "file", "line"}`; where an f-string
or `str.format` fills in a part, that part stands as `*`. `computed` holds the reads whose key is only known at run time.
"""

import ast
import json
import sys
from pathlib import Path

# The names under which ConsoleMe's modules hold the configuration.
HOLDERS = {"config", "CONFIG"}


def holds_configuration(node, module):
    """Whether `node` is the configuration itself, or the mapping inside it."""
    if isinstance(node, ast.Name):
        return node.id in HOLDERS or (node.id == "self" and module == "config/config.py")
    if isinstance(node, ast.Attribute):
        return node.attr in HOLDERS and holds_configuration_owner(node.value)
    return False


def holds_configuration_owner(node):
    return isinstance(node, ast.Name) and node.id in HOLDERS | {"self"}


def key_of(node):
    """The text of a key, with `*` for each part that is filled in, or None where it is computed."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        parts = [part.value if isinstance(part, ast.Constant) else "*" for part in node.values]
        return "".join(parts)
    if (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "format"
        and isinstance(node.func.value, ast.Constant)
        and isinstance(node.func.value.value, str)
    ):
        return node.func.value.value.format(*["*"] * len(node.args))
    return None


def reads(tree, module):
    """Every expression in `tree` that names a key of the configuration."""
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr == "get"
            and node.args
            and holds_configuration(node.func.value, module)
        ):
            yield node, node.args[0]
        elif isinstance(node, ast.Subscript) and holds_configuration(node.value, module):
            yield node, node.slice


def main():
    if len(sys.argv) != 2 or not Path(sys.argv[1]).is_dir():
        sys.exit("usage: keys.py FOLDER, the folder of the installed consoleme package")
    root = Path(sys.argv[1])
    keys, computed = [], []
    for path in sorted(root.rglob("*.py")):
        module = path.relative_to(root).as_posix()
        tree = ast.parse(path.read_text(encoding="utf-8"), filename=module)
        for node, argument in reads(tree, module):
            place = {"file": f"consoleme/{module}", "line": node.lineno}
            key = key_of(argument)
            if key is None:
                computed.append({"expression": ast.unparse(node), **place})
            else:
                keys.append({"key": key, **place})
    json.dump({"keys": keys, "computed": computed}, sys.stdout, indent=1)
    print()


if __name__ == "__main__":
    main()
