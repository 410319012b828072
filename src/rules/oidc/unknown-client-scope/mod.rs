use crate::cognito::{InvalidScope, Scope};
use crate::finding::{Findings, Fix, Rule};
use crate::rules::Context;

pub(super) static RULE: Rule =
    Rule::error("unknown-client-scope").consoleme("consoleme/lib/oidc.py:124").not_shown_by_a_login("the provider of the tests leaves unknown scopes out, where Cognito refuses them").docs(include_str!("README.md")).examples(include_str!("bad.yaml"), include_str!("good.yaml"));

pub(super) fn check(context: &Context<'_>, findings: &mut Findings) {
    let Some(scopes) = context.scopes().filter(|_| context.uses_cognito()) else { return };
    for scope in scopes {
        match scope.parse::<Scope>() {
            Ok(_) | Err(InvalidScope::Empty) => {}
            Err(error) => {
                findings
                    .report(&RULE, context.place("oidc_secrets.client_scope"))
                    .message(format!("{error}; it refuses the whole request, and the login goes round in circles"))
                    .help(format!("take `{scope}` off the list"))
                    .fix(Fix::risky(context.remove_scope(scope)));
            }
        }
    }
}
