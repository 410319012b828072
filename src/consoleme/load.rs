//! Reading a configuration and everything that it extends (`consoleme/config/config.py:159`).

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use crate::consoleme::config::{Config, Source};
use crate::consoleme::edits::Change;
use crate::consoleme::merge::{MergeError, Merger};
use crate::input_file::{self, FileError};
use crate::yaml::{self, Edit, NodeId, ReadError, SourceId, Span, Tree, Value};

/// How many files one configuration may read; ConsoleMe itself has no limit, and a few files that
/// extend each other twice are read millions of times.
const FILES: usize = 1000;

/// How many bytes all these files may have together, each time that they are read.
const BYTES: usize = 256 << 20;

/// What an entry starts with when it names a secret instead of a file.
const SECRET: &str = "AWS_SECRETS_MANAGER:";

/// A configuration that was read, or what stopped ConsoleMe from reading it.
#[derive(Debug)]
pub struct Load {
    /// The merged configuration.
    pub result: Result<Config, Failure>,
    /// What ConsoleMe passes over.
    pub notes: Vec<LoadNote>,
}

/// A configuration that could not be read.
#[derive(Debug)]
pub struct Failure {
    /// Why.
    pub error: LoadError,
    /// The texts that were read until then; the first, if any, is the file that was named.
    pub sources: Vec<Source>,
}

impl Failure {
    /// Edits of the text that the error points at.
    pub fn edit(&self, edits: impl FnOnce(&str, Span) -> Option<Vec<Edit>>) -> Option<Change> {
        let source = self.error.source;
        let text = &self.sources.get(source.0 as usize)?.text;
        let edits = edits(text, self.error.span)?;
        Some(Change { source, edits })
    }
}

impl Load {
    /// The texts that were read, also when reading failed. The first is the file that was named.
    pub fn sources(&self) -> &[Source] {
        match &self.result {
            Ok(config) => config.sources(),
            Err(failure) => &failure.sources,
        }
    }
}

/// Why ConsoleMe does not start, or why this program cannot tell.
#[derive(Debug)]
pub struct LoadError {
    /// The reason.
    pub kind: LoadErrorKind,
    /// The text with the characters to point at: for an extended file, its entry in `extends`.
    pub source: SourceId,
    /// Those characters.
    pub span: Span,
    /// The file that it is about.
    pub path: PathBuf,
}

/// The reasons of a [`LoadError`].
#[derive(Debug, thiserror::Error)]
pub enum LoadErrorKind {
    /// The file itself could not be examined, so there is nothing to say about ConsoleMe.
    #[error(transparent)]
    Unexamined(FileError),
    /// It is not UTF-8: `UnicodeDecodeError`.
    #[error("the file is not UTF-8")]
    NotUtf8,
    /// PyYAML refuses it.
    #[error(transparent)]
    Read(ReadError),
    /// The named file has no mapping at its root: `TypeError`.
    #[error("the file holds {found} where ConsoleMe needs a mapping")]
    RootNotMapping {
        /// What it holds.
        found: &'static str,
    },
    /// `extends` is something that Python cannot iterate over: `TypeError`.
    #[error("`extends` is {found}, and ConsoleMe needs a list of file names")]
    ExtendsNotIterable {
        /// What it is.
        found: &'static str,
    },
    /// An entry of `extends` is not a text: `AttributeError`.
    #[error("an entry of `extends` is {found}, and ConsoleMe needs a file name")]
    EntryNotText {
        /// What it is.
        found: &'static str,
    },
    /// An extended file exists and Python cannot open it: `IsADirectoryError`, `PermissionError`.
    #[error("{0}")]
    ExtendedUnreadable(FileError),
    /// An extended file is empty or no mapping: `AttributeError`.
    #[error("the extended file holds {found} where ConsoleMe needs a mapping")]
    ExtendedNotMapping {
        /// What it holds.
        found: &'static str,
    },
    /// A file extends itself, directly or through others: `RecursionError`.
    #[error("the file extends itself")]
    Cycle,
    /// Mappings that contain themselves are merged: `RecursionError`, `RuntimeError`.
    #[error("merging the extended file never ends, because of an alias inside what it names")]
    EndlessMerge,
    /// More files or merge steps than this program is willing to follow.
    #[error("the files extend each other too often to follow")]
    Budget,
}

impl LoadErrorKind {
    /// Whether a file could not be examined, rather than examined and found wrong.
    pub fn is_unexamined(&self) -> bool {
        matches!(self, Self::Unexamined(_) | Self::Budget)
            || matches!(self, Self::Read(error) if error.kind == yaml::ReadErrorKind::Budget)
    }
}

/// Something in `extends` that ConsoleMe passes over without an error.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoadNote {
    /// What it is.
    pub kind: LoadNoteKind,
    /// The text in which it stands.
    pub source: SourceId,
    /// Where.
    pub span: Span,
}

/// The kinds of [`LoadNote`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LoadNoteKind {
    /// The named file is not there; ConsoleMe logs a line and goes on.
    MissingFile {
        /// As it stands in `extends`.
        name: String,
        /// Where ConsoleMe looks for it.
        path: PathBuf,
    },
    /// A secret of AWS Secrets Manager, which was not looked at.
    Secret {
        /// Its name or ARN.
        name: String,
    },
    /// `extends` is a text: ConsoleMe takes each character for the name of a file.
    ExtendsIsText,
    /// `extends` is a mapping or a set: ConsoleMe takes its keys for the names of files.
    ExtendsIsMapping,
}

/// Reads a file and what it extends.
pub fn load(path: &Path) -> Load {
    // As Python's `os.path.dirname`.
    let dir = path.parent().unwrap_or(Path::new("")).to_owned();
    match input_file::read_or_pipe(path) {
        Ok(bytes) => Loader::new(dir).load(path.to_owned(), bytes),
        Err(error) => Load {
            result: Err(Failure {
                error: LoadError {
                    kind: LoadErrorKind::Unexamined(error),
                    source: SourceId::default(),
                    span: Span::default(),
                    path: path.to_owned(),
                },
                sources: Vec::new(),
            }),
            notes: Vec::new(),
        },
    }
}

/// Reads a text as a file of this name; what it extends is looked for in `dir`.
pub fn load_text(name: PathBuf, text: impl Into<Vec<u8>>, dir: &Path) -> Load {
    Loader::new(dir.to_owned()).load(name, text.into())
}

/// Reads a configuration again whose texts may be others than on the disk: the named one's comes
/// first. What else it extends is read from the disk.
pub fn reload(sources: &[Source]) -> Load {
    let (named, others) = match sources.split_first() {
        Some((named, others)) => (named.clone(), others.to_vec()),
        None => (Source::default(), Vec::new()),
    };
    let dir = named.name.parent().unwrap_or(Path::new("")).to_owned();
    let mut loader = Loader::new(dir);
    loader.others = others;
    loader.load(named.name, named.text.into_bytes())
}

struct Loader {
    dir: PathBuf,
    /// The texts of files that are not to be read from the disk.
    others: Vec<Source>,
    sources: Vec<Source>,
    /// The files behind the sources, to open each once.
    known: HashMap<PathBuf, SourceId>,
    tree: Tree,
    roots: Vec<NodeId>,
    merger: Merger,
    notes: Vec<LoadNote>,
    files: usize,
    bytes: usize,
}

/// One `s` of `for s in extends`.
struct Entry {
    /// The name of a file, or the type of something else.
    name: Result<String, &'static str>,
    /// Whether it is one character of an `extends` that is a text.
    is_character: bool,
    source: SourceId,
    span: Span,
}

/// One call of `merge_extended_paths`.
struct Call {
    /// The file whose `extends` it goes through.
    file: Option<PathBuf>,
    entries: std::vec::IntoIter<Entry>,
}

impl Loader {
    fn new(dir: PathBuf) -> Self {
        Self {
            dir,
            others: Vec::new(),
            sources: Vec::new(),
            known: HashMap::new(),
            tree: Tree::default(),
            roots: Vec::new(),
            merger: Merger::default(),
            notes: Vec::new(),
            files: 0,
            bytes: 0,
        }
    }

    fn load(mut self, name: PathBuf, bytes: Vec<u8>) -> Load {
        let result = match self.root(name, bytes) {
            Ok(_) => {
                let secret = |note: &LoadNote| matches!(note.kind, LoadNoteKind::Secret { .. });
                let complete = !self.notes.iter().any(secret);
                Ok(Config::new(self.sources, self.tree, self.roots, complete))
            }
            Err(error) => Err(Failure {
                error: *error,
                sources: self.sources,
            }),
        };
        Load {
            result,
            notes: self.notes,
        }
    }

    fn root(&mut self, name: PathBuf, bytes: Vec<u8>) -> Result<NodeId, Box<LoadError>> {
        let source = self.add(name.clone(), bytes)?;
        let root = self.read(source)?;
        let node = self.tree.node(root);
        if !node.is_map() {
            let found = node.type_name();
            return Err(self.error(root, LoadErrorKind::RootNotMapping { found }));
        }
        self.extend(root, &name)?;
        Ok(root)
    }

    /// Keeps the text of a file.
    fn add(&mut self, name: PathBuf, bytes: Vec<u8>) -> Result<SourceId, Box<LoadError>> {
        let id = SourceId(u32::try_from(self.sources.len()).unwrap_or(u32::MAX));
        let bad = match String::from_utf8(bytes) {
            Ok(text) => {
                self.sources.push(Source { name, text });
                return Ok(id);
            }
            Err(error) => error,
        };
        let start = u32::try_from(bad.utf8_error().valid_up_to()).unwrap_or(u32::MAX);
        // What stands there now is the replacement character.
        let end = start.saturating_add(3);
        let text = String::from_utf8_lossy(bad.as_bytes()).into_owned();
        let error = LoadError {
            kind: LoadErrorKind::NotUtf8,
            source: id,
            span: Span { start, end },
            path: name.clone(),
        };
        self.sources.push(Source { name, text });
        Err(Box::new(error))
    }

    fn text(&self, source: SourceId) -> &str {
        let source = self.sources.get(source.0 as usize);
        source.map_or("", |source| &source.text)
    }

    fn read(&mut self, source: SourceId) -> Result<NodeId, Box<LoadError>> {
        let (name, text) = match self.sources.get(source.0 as usize) {
            Some(source) => (source.name.as_path(), source.text.as_str()),
            None => (Path::new(""), ""),
        };
        let root = yaml::read(text, source, &mut self.tree).map_err(|error| {
            Box::new(LoadError {
                source: error.source_id,
                span: error.span,
                path: name.to_owned(),
                kind: LoadErrorKind::Read(error),
            })
        })?;
        self.roots.push(root);
        Ok(root)
    }

    /// `merge_extended_paths`, which calls itself for what an extended file extends.
    fn extend(&mut self, root: NodeId, name: &Path) -> Result<(), Box<LoadError>> {
        let entries = self.entries(root)?;
        if entries.is_empty() {
            return Ok(());
        }
        let mut calls = vec![Call {
            file: name.canonicalize().ok(),
            entries: entries.into_iter(),
        }];
        while let Some(call) = calls.last_mut() {
            let Some(entry) = call.entries.next() else {
                calls.pop();
                continue;
            };
            if let Some((extended, file)) = self.entry(root, &entry, &calls)? {
                calls.push(Call {
                    file: Some(file),
                    entries: self.entries(extended)?.into_iter(),
                });
            }
        }
        Ok(())
    }

    /// What `for s in extends` goes through.
    fn entries(&mut self, node: NodeId) -> Result<Vec<Entry>, Box<LoadError>> {
        let Some(extends) = self.tree.node(node).get("extends") else {
            return Ok(Vec::new());
        };
        if !extends.is_truthy() {
            return Ok(Vec::new());
        }
        let (source, span) = (extends.source(), extends.span());
        let character = |name| Entry {
            name,
            is_character: true,
            source,
            span,
        };
        let (items, note) = match extends.value() {
            Value::List(items) => (items.clone(), None),
            Value::Set(items) => (items.clone(), Some(LoadNoteKind::ExtendsIsMapping)),
            Value::Map(map) => (
                map.entries.iter().map(|entry| entry.key).collect(),
                Some(LoadNoteKind::ExtendsIsMapping),
            ),
            Value::Str(text) => {
                let kind = LoadNoteKind::ExtendsIsText;
                self.notes.push(LoadNote { kind, source, span });
                return Ok(text.chars().map(|c| character(Ok(c.into()))).collect());
            }
            // Python takes the numbers out of `bytes`.
            Value::Bytes(_) => return Ok(vec![character(Err("an integer"))]),
            _ => {
                let found = extends.type_name();
                return Err(self.error(extends.id(), LoadErrorKind::ExtendsNotIterable { found }));
            }
        };
        if let Some(kind) = note {
            self.notes.push(LoadNote { kind, source, span });
        }
        let entry = |item| {
            let item = self.tree.node(item);
            Entry {
                name: item.as_str().map(str::to_owned).ok_or(item.type_name()),
                is_character: false,
                source: item.source(),
                span: item.span(),
            }
        };
        Ok(items.into_iter().map(entry).collect())
    }

    fn error(&self, node: NodeId, kind: LoadErrorKind) -> Box<LoadError> {
        let node = self.tree.node(node);
        let source = self.sources.get(node.source().0 as usize);
        Box::new(LoadError {
            kind,
            source: node.source(),
            span: node.span(),
            path: source.map(|source| source.name.clone()).unwrap_or_default(),
        })
    }

    /// Merges what an entry names, and gives its root and its file.
    fn entry(
        &mut self,
        root: NodeId,
        entry: &Entry,
        calls: &[Call],
    ) -> Result<Option<(NodeId, PathBuf)>, Box<LoadError>> {
        let fail = |kind, path: &Path| {
            Box::new(LoadError {
                kind,
                source: entry.source,
                span: entry.span,
                path: path.to_owned(),
            })
        };
        let name = match &entry.name {
            Ok(name) => name,
            Err(found) => return Err(fail(LoadErrorKind::EntryNotText { found }, Path::new(""))),
        };
        if name.starts_with(SECRET) {
            let name = name.replace(SECRET, "");
            self.note(entry, LoadNoteKind::Secret { name });
            return Ok(None);
        }
        let path = self.dir.join(name);
        let fail = |kind| fail(kind, &path);
        self.files += 1;
        if self.files > FILES {
            return Err(fail(LoadErrorKind::Budget));
        }
        let real = path.canonicalize().unwrap_or_else(|_| path.clone());
        if calls.iter().any(|call| call.file.as_ref() == Some(&real)) {
            return Err(fail(LoadErrorKind::Cycle));
        }
        let source = match self.known.get(&real) {
            Some(&source) => source,
            None => match self.bytes_of(&path) {
                Ok(bytes) => self.add(path.clone(), bytes)?,
                Err(FileError::Missing) => {
                    if !entry.is_character {
                        let name = name.clone();
                        self.note(entry, LoadNoteKind::MissingFile { name, path });
                    }
                    return Ok(None);
                }
                Err(error @ (FileError::Special(_) | FileError::TooLarge)) => {
                    return Err(fail(LoadErrorKind::Unexamined(error)));
                }
                Err(error) => return Err(fail(LoadErrorKind::ExtendedUnreadable(error))),
            },
        };
        self.known.insert(real.clone(), source);
        self.bytes += self.text(source).len();
        if self.bytes > BYTES {
            return Err(fail(LoadErrorKind::Budget));
        }
        let extended = self.read(source)?;
        let node = self.tree.node(extended);
        if !node.is_map() {
            let found = node.type_name();
            return Err(fail(LoadErrorKind::ExtendedNotMapping { found }));
        }
        self.merger
            .merge(&mut self.tree, root, extended)
            .map_err(|error| match error {
                MergeError::Endless => fail(LoadErrorKind::EndlessMerge),
                MergeError::Budget => fail(LoadErrorKind::Budget),
            })?;
        Ok(Some((extended, real)))
    }

    fn bytes_of(&self, path: &Path) -> Result<Vec<u8>, FileError> {
        let mut others = self.others.iter();
        match others.find(|other| other.name == path) {
            Some(other) => Ok(other.text.clone().into_bytes()),
            None => input_file::read(path),
        }
    }

    fn note(&mut self, entry: &Entry, kind: LoadNoteKind) {
        self.notes.push(LoadNote {
            kind,
            source: entry.source,
            span: entry.span,
        });
    }
}
