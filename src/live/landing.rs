//! What an answer of the authorization endpoint means: above all, where it leads.
//!
//! Cognito leads to its login page, to its error page or back to the application; others show
//! their pages in place (RFC 6749 §4.1.2.1 leaves that to them). Descriptions of errors change, so
//! the codes decide.

use url::{Host, Url};

use super::network::Answer;

/// Where an authorization request ends up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Landing {
    /// The login page: here, or at this URL.
    Login(Option<Url>),
    /// An error. Whether it was sent to the callback, which shows that the callback is registered.
    Refused { what: Refusal, at_callback: bool },
    /// Nothing that tells anything, and why, as a clause.
    Unclear(String),
}

/// What the provider does not like.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Refusal {
    /// The callback URL.
    Callback,
    /// The app client.
    Client,
    /// One of the scopes, or all of them.
    Scope,
    /// That a code is asked for.
    CodeGrant,
    /// Something else about the request, by its error code.
    Request(String),
    /// It does not say.
    Unsaid,
}

/// Reads an answer to an authorization request with this callback.
pub(super) fn read(answer: &Answer, endpoint: &Url, callback: &str) -> Landing {
    match (&answer.location, answer.status) {
        (Some(target), 300..400) => read_redirect(target, endpoint, callback),
        (_, 200) => Landing::Login(None),
        _ if answer.is_passing() => {
            Landing::Unclear("the provider does not answer for now".to_owned())
        }
        (_, 400 | 401) => Landing::Refused {
            what: read_page(&String::from_utf8_lossy(&answer.body)),
            at_callback: false,
        },
        (_, status) => Landing::Unclear(format!("status {status} says nothing about the request")),
    }
}

fn read_redirect(target: &Url, endpoint: &Url, callback: &str) -> Landing {
    let errors = Errors::of(target);
    let at_callback = Url::parse(callback).is_ok_and(|callback| {
        callback.origin() == target.origin()
            && callback.path() == target.path()
            && callback.scheme() == target.scheme()
    });
    if at_callback {
        if errors.has_code {
            return Landing::Login(None);
        }
        return match errors.read() {
            Some(landing) => landing.at_callback(),
            None => {
                Landing::Unclear("it leads back to the application and says nothing".to_owned())
            }
        };
    }
    if let Some(landing) = errors.read() {
        return landing;
    }
    if target.path().rsplit('/').next() == Some("error") {
        return Landing::Unclear("it leads to an error page that says nothing".to_owned());
    }
    let by_name = matches!(target.host(), Some(Host::Domain(_))) && target.scheme() == "https";
    if target.origin() == endpoint.origin() || by_name {
        Landing::Login(Some(target.clone()))
    } else {
        Landing::Unclear("it leads to another host, which is not asked".to_owned())
    }
}

impl Landing {
    fn at_callback(self) -> Self {
        match self {
            Self::Refused { what, .. } => Self::Refused {
                what,
                at_callback: true,
            },
            other => other,
        }
    }
}

/// The error in a URL's query, or in its fragment.
struct Errors {
    has_code: bool,
    error: String,
    description: String,
}

impl Errors {
    fn of(url: &Url) -> Self {
        let fragment = url.fragment().unwrap_or_default().as_bytes();
        let mut errors = Self {
            has_code: false,
            error: String::new(),
            description: String::new(),
        };
        for (name, value) in url
            .query_pairs()
            .chain(url::form_urlencoded::parse(fragment))
        {
            match name.as_ref() {
                "code" => errors.has_code = true,
                "error" | "authError" => errors.error = value.into_owned(),
                "error_description" => errors.description = value.into_owned(),
                _ => {}
            }
        }
        errors
    }

    fn read(&self) -> Option<Landing> {
        // Cognito answers `invalid_request` with this description where others answer it alone.
        let scope = [&self.error, &self.description]
            .iter()
            .any(|text| text.as_str() == "invalid_scope");
        let what = match self.error.as_str() {
            "" => return None,
            _ if scope => Refusal::Scope,
            "redirect_mismatch" | "redirect_uri_mismatch" | "invalid_redirect_uri" => {
                Refusal::Callback
            }
            "invalid_client" | "Client does not exist" => Refusal::Client,
            "unauthorized_client" | "unsupported_response_type" => Refusal::CodeGrant,
            "server_error"
            | "temporarily_unavailable"
            | "login_required"
            | "interaction_required"
            | "consent_required"
            | "account_selection_required" => {
                return Some(Landing::Unclear(format!("it says `{}`", self.error)));
            }
            other => Refusal::Request(other.to_owned()),
        };
        Some(Landing::Refused {
            what,
            at_callback: false,
        })
    }
}

/// What a page for people says, by the words that providers use there.
fn read_page(text: &str) -> Refusal {
    let text = text.to_lowercase();
    let says = |words: &[&str]| words.iter().any(|word| text.contains(word));
    // A page may repeat the question, which names both.
    let names = |words: &[&str]| {
        let asked = |rest: &str| rest.starts_with('=') || rest.starts_with("%3d");
        let told = |word: &&str| text.split(word).skip(1).any(|rest| !asked(rest));
        words.iter().any(told)
    };
    if says(&[
        "invalid_redirect_uri",
        "redirect_mismatch",
        "redirect_uri_mismatch",
    ]) {
        Refusal::Callback
    } else if says(&[
        "invalid_client",
        "unauthorized_client",
        "client does not exist",
    ]) {
        Refusal::Client
    } else if says(&["invalid_scope"]) {
        Refusal::Scope
    } else if names(&["redirect_uri", "redirect uri"]) {
        Refusal::Callback
    } else if names(&["client not found", "unknown client", "client_id"]) {
        Refusal::Client
    } else {
        Refusal::Unsaid
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CALLBACK: &str = "https://consoleme.example.com/auth";
    const DOMAIN: &str = "https://my.auth.eu-west-1.amazoncognito.com";

    fn redirect(target: &str) -> Landing {
        let endpoint = Url::parse(&format!("{DOMAIN}/oauth2/authorize")).unwrap();
        read_redirect(&endpoint.join(target).unwrap(), &endpoint, CALLBACK)
    }

    fn refused(what: Refusal, at_callback: bool) -> Landing {
        Landing::Refused { what, at_callback }
    }

    #[test]
    fn redirects_of_cognito_are_told_apart() {
        let back = |query: &str| redirect(&format!("{CALLBACK}?{query}"));
        assert!(matches!(
            redirect("/login?client_id=1&scope=openid"),
            Landing::Login(Some(_))
        ));
        assert_eq!(
            redirect("/error?error=redirect_mismatch&client_id=1"),
            refused(Refusal::Callback, false)
        );
        assert_eq!(
            redirect("/error?error=Client+does+not+exist"),
            refused(Refusal::Client, false)
        );
        assert_eq!(
            redirect("/error?error=invalid_request&client_id=1"),
            refused(Refusal::Request("invalid_request".to_owned()), false)
        );
        assert_eq!(
            redirect("/error?error=invalid_scope&client_id=1"),
            refused(Refusal::Scope, false)
        );
        assert_eq!(
            back("error_description=invalid_scope&state=x&error=invalid_request"),
            refused(Refusal::Scope, true)
        );
        assert_eq!(
            back("error=unauthorized_client"),
            refused(Refusal::CodeGrant, true)
        );
        assert!(matches!(back("error=server_error"), Landing::Unclear(_)));
        assert!(matches!(redirect("/error"), Landing::Unclear(_)));
    }

    #[test]
    fn redirects_of_others_are_told_apart() {
        let back = |rest: &str| redirect(&format!("{CALLBACK}{rest}"));
        assert_eq!(
            back("?error=invalid_scope&state=x"),
            refused(Refusal::Scope, true)
        );
        assert_eq!(
            back("#error=unsupported_response_type"),
            refused(Refusal::CodeGrant, true)
        );
        assert_eq!(back("?code=abc&state=x"), Landing::Login(None));
        assert!(matches!(back("?state=x"), Landing::Unclear(_)));
        assert!(matches!(
            redirect("https://sso.example.org/saml"),
            Landing::Login(Some(_))
        ));
        assert!(matches!(
            redirect("http://169.254.169.254/latest"),
            Landing::Unclear(_)
        ));
        assert!(matches!(
            redirect("https://10.0.0.1/login"),
            Landing::Unclear(_)
        ));
        // Another path of the application is not the callback.
        assert!(matches!(
            redirect("https://consoleme.example.com/auth/?error=invalid_scope"),
            Landing::Refused {
                at_callback: false,
                ..
            }
        ));
    }

    #[test]
    fn pages_for_people_are_told_apart() {
        for (page, what) in [
            (
                "<p>error: invalid_redirect_uri</p><p>redirect_uri did not match any of the client's</p>",
                Refusal::Callback,
            ),
            (
                "<p>error: invalid_client</p><p>client is invalid</p>",
                Refusal::Client,
            ),
            (
                "We are sorry... Invalid parameter: redirect_uri",
                Refusal::Callback,
            ),
            ("We are sorry... Client not found.", Refusal::Client),
            (
                "The 'redirect_uri' parameter must be a Login redirect URI in the client app settings",
                Refusal::Callback,
            ),
            ("Bad Request", Refusal::Unsaid),
            (
                "Bad Request: /authorize?redirect_uri=https%3A%2F%2Fa.example.com&client_id=1",
                Refusal::Unsaid,
            ),
            (
                "<p>The client is not allowed to use this redirect URI.</p>",
                Refusal::Callback,
            ),
        ] {
            assert_eq!(read_page(page), what, "{page}");
        }
    }
}
