//! The client secret: does the provider take it? Two requests tell, one with the secret and one
//! with another that is made up; only where the answers differ is something proven. The code and
//! the token in them are made up too, so nothing is handed out or taken back.

use futures_util::future::join;
use url::Url;

use super::client_secret_is_refused;
use super::discovery::Provider;
use super::network::{Answer, Request, Silence, shown};
use super::run::{Report, Run};
use super::subject::CLIENT_ID;
use crate::cognito::ClientSecret;
use crate::finding::{CheckName, Evidence};

/// What an endpoint makes of the two secrets.
struct Told {
    verdict: Result<bool, String>,
    evidence: Evidence,
}

/// Shows the secret to the token endpoint and the revocation endpoint, if both that was asked for
/// and the endpoints are proven to be the issuer's.
pub(super) async fn check(run: Run<'_>, provider: &Provider) -> Report {
    let mut report = Report::default();
    let names = [CheckName::Secret, CheckName::Revocation];
    if !run.options.probe_secret {
        for name in names {
            report.skip(name, "the secret stays here without `--probe-secret`");
        }
        return report;
    }
    let target = provider.token.as_ref().map_or_else(String::new, shown);
    let prepared = prepare(run, provider);
    let (token, client_id, secret, other) = match prepared {
        Ok(prepared) => prepared,
        Err(reason) => {
            report.inconclusive(CheckName::Secret, &target, reason, Evidence::default());
            report.skip(CheckName::Revocation, "the secret was not shown to anybody");
            return report;
        }
    };
    let code = made_up(32);
    let callback = run
        .subject
        .callback()
        .map_or_else(|_| String::new(), |callback| callback.url);
    let exchange = [
        ("grant_type", "authorization_code"),
        ("code", code.as_str()),
        ("redirect_uri", callback.as_str()),
    ];
    let revoke = [("token", code.as_str())];
    let revocation = provider
        .revocation
        .as_ref()
        .filter(|url| provider.prove(url).is_ok());
    let show = async |name: CheckName, url: &Url, fields: &[(&'static str, &str)]| {
        let target = shown(url);
        let form = |secret| Request::Form {
            url,
            fields,
            client_id,
            secret,
        };
        let (ours, theirs) = join(
            run.ask(name, &target, form(&secret)),
            run.ask(name, &target, form(&other)),
        )
        .await;
        compare(&ours, &theirs)
    };
    let cross = async {
        match revocation {
            Some(url) => Some((url, show(CheckName::Revocation, url, &revoke).await)),
            None => None,
        }
    };
    let (told, cross) = join(show(CheckName::Secret, token, &exchange), cross).await;
    conclude(run, &target, told, cross, &mut report);
    report
}

type Prepared<'p> = (&'p Url, &'p str, ClientSecret, ClientSecret);

fn prepare<'p>(run: Run<'p>, provider: &'p Provider) -> Result<Prepared<'p>, String> {
    let token = provider
        .token
        .as_ref()
        .ok_or("the token endpoint is unknown")?;
    provider.prove(token)?;
    let client_id = run.subject.text(CLIENT_ID)?;
    let secret = run.subject.secret()?;
    let length = secret.reveal().len();
    let other = ClientSecret::new(made_up(length).into()).map_err(|error| error.to_string())?;
    Ok((token, client_id, secret, other))
}

fn conclude(
    run: Run<'_>,
    target: &str,
    token: Told,
    revocation: Option<(&Url, Told)>,
    report: &mut Report,
) {
    let crossed = revocation
        .as_ref()
        .and_then(|(_, told)| told.verdict.as_ref().ok().copied());
    let contradicted = token
        .verdict
        .as_ref()
        .is_ok_and(|taken| crossed.is_some_and(|other| other != *taken));
    let mut tell = |name: CheckName, target: &str, told: &Told| match &told.verdict {
        _ if contradicted => {
            let reason = "the token endpoint and the revocation endpoint do not agree";
            report.inconclusive(name, target, reason, told.evidence.clone());
        }
        Ok(true) => report.pass(
            name,
            target,
            "the secret is taken, and another is not",
            told.evidence.clone(),
        ),
        Ok(false) => report.fail(
            name,
            target,
            "the provider refuses the secret",
            told.evidence.clone(),
        ),
        Err(reason) => report.inconclusive(name, target, reason.clone(), told.evidence.clone()),
    };
    tell(CheckName::Secret, target, &token);
    match &revocation {
        Some((url, told)) => tell(CheckName::Revocation, &shown(url), told),
        None => report.skip(
            CheckName::Revocation,
            "there is no revocation endpoint that is proven to be the issuer's",
        ),
    }
    let refused = token.verdict == Ok(false) || crossed == Some(false);
    if refused && !contradicted {
        client_secret_is_refused::report(run.subject, &mut report.findings);
    }
}

/// What the answers to the real secret and to the made-up one tell together.
fn compare(ours: &Result<Answer, Silence>, theirs: &Result<Answer, Silence>) -> Told {
    let (ours, theirs) = match (ours, theirs) {
        (Ok(ours), Ok(theirs)) => (ours, theirs),
        (Err(silence), _) | (_, Err(silence)) => {
            return Told {
                verdict: Err(silence.reason.clone()),
                evidence: silence.evidence(),
            };
        }
    };
    let verdict = match (is_taken(ours), is_taken(theirs)) {
        (Some(true), Some(false)) => Ok(true),
        (Some(false), Some(false)) => Ok(false),
        (Some(_), Some(true)) => {
            Err("a secret that was made up is taken too, so it tells nothing".to_owned())
        }
        _ => Err("the answer says nothing about the secret".to_owned()),
    };
    Told {
        verdict,
        evidence: ours.evidence(),
    }
}

/// Whether an answer shows that the client's credentials were taken: the error decides, not the
/// status (RFC 6749 §5.2, RFC 7009 §2.2). A revocation is simply done, whatever the token.
fn is_taken(answer: &Answer) -> Option<bool> {
    let object = answer.object();
    let error = object
        .as_ref()
        .and_then(|object| object.get("error")?.as_str());
    match (answer.status, error) {
        (400 | 401, Some("invalid_client")) => Some(false),
        (
            400,
            Some(
                "invalid_grant"
                | "unauthorized_client"
                | "unsupported_token_type"
                | "invalid_request",
            ),
        ) => Some(true),
        (200, None) if object.is_none() => Some(true),
        _ => None,
    }
}

/// Letters and digits that nobody has chosen.
fn made_up(length: usize) -> String {
    const DIGITS: [char; 16] = [
        '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f',
    ];
    let mut bytes = vec![0_u8; length];
    // Without randomness these are zeros, which are made up as well.
    let _ = getrandom::fill(&mut bytes);
    let digits = bytes
        .iter()
        .filter_map(|byte| DIGITS.get(usize::from(byte % 16)));
    digits.collect()
}
