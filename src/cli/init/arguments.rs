//! What `init` can be told on the command line.

use std::path::PathBuf;

use clap::Args;
use clap::builder::UnknownArgumentValueParser;

use crate::settings::EnvironmentName;

const EXAMPLES: &str = "\
Examples:
  consoleme-cfg init                  ask for everything, write ./consoleme.yaml
  consoleme-cfg init --dry-run        show what would be written, secrets masked
  # ask for nothing; the secret comes from standard input
  consoleme-cfg init --no-input --answers answers.toml --client-secret-file -";

#[derive(Debug, Args)]
#[command(help_template = crate::cli::HELP, before_help = EXAMPLES)]
pub(in crate::cli) struct Arguments {
    /// The file to write.
    #[arg(value_name = "PATH", default_value = "consoleme.yaml")]
    pub(super) path: PathBuf,

    /// The file to write, or `-` for standard output.
    #[arg(short, long, value_name = "PATH", conflicts_with = "path")]
    pub(super) output: Option<PathBuf>,

    /// The user pool, such as us-east-1_AbCdEfGhI.
    #[arg(long, value_name = "ID")]
    pub(super) pool_id: Option<String>,

    /// The app client.
    #[arg(long, value_name = "ID")]
    pub(super) client_id: Option<String>,

    /// A file with the app client's secret; `-` is standard input. The variable
    /// CONSOLEME_CFG_CLIENT_SECRET may hold it instead.
    #[arg(long, value_name = "FILE")]
    pub(super) client_secret_file: Option<PathBuf>,

    /// Refused: an argument is seen by everybody on the machine, and stays in the shell's history.
    #[arg(
        long = "secret",
        hide = true,
        value_parser = UnknownArgumentValueParser::suggest_arg("--client-secret-file")
    )]
    pub(super) _secret: Option<String>,

    /// A scope to ask for; give it once for each. [default: openid, email]
    #[arg(long = "scope", value_name = "SCOPE")]
    pub(super) scopes: Vec<String>,

    /// What people type to reach ConsoleMe, such as https://consoleme.example.com.
    #[arg(long, value_name = "URL")]
    pub(super) url: Option<String>,

    /// Who may do everything: an e-mail address, or a group of the pool.
    #[arg(long, value_name = "USER|GROUP")]
    pub(super) admin: Option<String>,

    /// A group whose members may do everything too; give it once for each.
    #[arg(long = "group-admin", value_name = "GROUP")]
    pub(super) group_admins: Vec<String>,

    /// The region that ConsoleMe runs in. [default: the pool's]
    #[arg(long, value_name = "REGION")]
    pub(super) region: Option<String>,

    /// An account to look after, such as 123456789012=production; give it once for each.
    #[arg(long = "account", value_name = "ID=NAME")]
    pub(super) accounts: Vec<String>,

    /// What the configuration is for. [default: development where the URL is this machine]
    #[arg(long, value_enum, value_name = "ENVIRONMENT")]
    pub(super) environment: Option<EnvironmentName>,

    /// Where the secrets go: inline, file, or aws-secrets-manager:NAME. [default: inline]
    #[arg(long, value_name = "PLACE")]
    pub(super) secrets: Option<String>,

    /// A YAML or TOML file of answers, with the names of these flags as keys.
    #[arg(long, value_name = "FILE")]
    pub(super) answers: Option<PathBuf>,

    /// Write the JSON Schema beside the configuration, which tells editors to use it.
    #[arg(long)]
    pub(super) with_schema: bool,

    /// Never ask; name everything that is missing instead.
    #[arg(long)]
    pub(super) no_input: bool,

    /// Overwrite the file if it is there.
    #[arg(long)]
    pub(super) force: bool,

    /// Once it is written, ask Cognito whether people can log in; a terminal offers it.
    #[arg(long, conflicts_with = "dry_run")]
    pub(super) online: bool,

    /// Show what would be written, with the secrets masked.
    #[arg(long)]
    pub(super) dry_run: bool,
}
