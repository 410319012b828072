use crate::finding::{Findings, Fix, Rule, Severity};
use crate::rules::Context;

pub(super) static RULE: Rule =
    Rule::error("weak-session-secret").consoleme("consoleme/lib/jwt.py:40").not_shown_by_a_login("strangers can forge a session").docs(include_str!("README.md")).examples(include_str!("bad.yaml"), include_str!("good.yaml"));

/// Secrets that stand in public files of ConsoleMe, its chart and its samples.
const PUBLISHED: [&str; 3] = ["secret", "jwt_secret", "consoleme"];

pub(super) fn check(context: &Context<'_>, findings: &mut Findings) {
    let key = "jwt_secret";
    let Some(secret) = context.truthy(key) else { return };
    let place = context.place(key);
    let Some(text) = secret.as_str() else {
        findings
            .report(&RULE, place)
            .message(format!("`jwt_secret` is {}; ConsoleMe needs a string to sign with and every login fails", secret.type_name()))
            .help("put the secret in quotes")
            .fix(Fix::safe(context.config.quote(secret)));
        return;
    };
    let length = text.len();
    if PUBLISHED.contains(&text) || length < 16 {
        findings
            .report(&RULE, place)
            .message("`jwt_secret` can be guessed; whoever does so makes a session for any user")
            .help("write 32 random bytes, such as `openssl rand -hex 32` prints, in quotes")
            .fix(Fix::secret(context.set_session_secret()));
    } else if length < 32 {
        findings
            .report(&RULE, place)
            .severity(Severity::Warning)
            .message(format!("`jwt_secret` is {length} bytes long; HS256 wants 32 (RFC 7518 §3.2)"))
            .help("write 32 random bytes, such as `openssl rand -hex 32` prints, in quotes")
            .fix(Fix::secret(context.set_session_secret()));
    }
}
