//! What is left to do once the file is written.

use std::path::Path;

use super::answers::{Answers, SecretsPlace};

/// The settings to enter in Cognito, and the commands that start ConsoleMe. `secrets` is the file
/// that the secrets were written to, where they were.
pub fn next_steps(answers: &Answers, configuration: &Path, secrets: Option<&Path>) -> String {
    let Answers {
        pool_id,
        client_id,
        region,
        ..
    } = answers;
    let scopes: Vec<&str> = answers.scopes.iter().map(|scope| scope.as_str()).collect();
    let mut text = format!(
        "\
In the Cognito console, for the user pool {pool_id}:
  Branding > Domain
      The pool needs a domain, or it has no login page: a Cognito domain will do.
  App clients > {client_id}
      Client secret            there has to be one
  App clients > {client_id} > Login pages > Edit
      Allowed callback URLs    {}
      Identity providers       Cognito user pool
      OAuth 2.0 grant types    Authorization code grant
      OpenID Connect scopes    {}
  Users
      Each has an e-mail address, and is in a group for the roles to use.
",
        answers.url.callback(),
        scopes.join(", "),
    );
    let path = std::path::absolute(configuration).unwrap_or_else(|_| configuration.to_owned());
    text.push_str("\nThen:\n");
    if let (SecretsPlace::Manager(name), Some(file)) = (&answers.secrets, secrets) {
        let file = std::path::absolute(file).unwrap_or_else(|_| file.to_owned());
        text.push_str(&format!(
            "  aws secretsmanager create-secret --region {region} --name {} --secret-string {}\n",
            quote(name),
            quote(&format!("file://{}", file.display())),
        ));
        text.push_str(&format!("  rm {}\n", quote(&file.display().to_string())));
        // ConsoleMe looks for secrets there, and in us-east-1 without it (config.py:167).
        text.push_str(&format!("  export EC2_REGION={region}\n"));
    }
    text.push_str(&format!(
        "  export CONFIG_LOCATION={}\n",
        quote(&path.display().to_string())
    ));
    text.push_str("  consoleme\n");
    text
}

/// A text as one word of a shell.
fn quote(text: &str) -> String {
    shell_words::quote(text).into_owned()
}
