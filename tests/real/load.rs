//! Does the harness start ConsoleMe as a person does, and tell what comes of it?

use crate::harness::{FileTree, LoadRequest, Raised, Value, consoleme};

fn refused(request: &LoadRequest) -> Raised {
    consoleme()
        .load(request)
        .loaded
        .expect_err("ConsoleMe does not start")
}

#[test]
fn keys_are_looked_up_as_consoleme_does() {
    let request = LoadRequest::text(
        "environment: test\nurl: https://consoleme.example.com\ntornado: {port: 8081}\n\
         oidc_secrets:\n  client_scope: [openid, email]\n  secret:\n\
         account_ids_to_name: {012345670123: dev}\nlogging_levels: {}\n",
    );
    let keys = [
        "url",
        "tornado.port",
        "oidc_secrets.client_scope",
        "oidc_secrets.secret",
    ];
    let request = request
        .wanting(&keys)
        .wanting(&["nothing.there", "url.host"]);
    let loaded = consoleme().load(&request).loaded.expect("ConsoleMe starts");
    let get = |key: &str| loaded.values[key].clone();
    assert_eq!(get("url"), Ok("https://consoleme.example.com".into()));
    assert_eq!(get("tornado.port"), Ok(8081.into()));
    assert_eq!(
        get("oidc_secrets.client_scope"),
        Ok(vec!["openid", "email"].into())
    );
    assert_eq!(get("oidc_secrets.secret"), Ok(Value::None));
    assert_eq!(get("nothing.there"), Ok(Value::None));
    assert_eq!(
        get("url.host").expect_err("a text has no keys").class,
        "TypeError"
    );
    let accounts = loaded
        .whole
        .get("account_ids_to_name")
        .expect("the accounts");
    assert_eq!(
        *accounts,
        Value::Map(vec![(1_402_433_619.into(), "dev".into())])
    );
}

#[test]
fn production_passes_the_check_of_aws_credentials() {
    let request = LoadRequest::text("environment: prod\n").wanting(&["environment"]);
    let loaded = consoleme().load(&request).loaded.expect("ConsoleMe starts");
    assert_eq!(loaded.values["environment"], Ok("prod".into()));
}

#[test]
fn aws_out_of_reach_ends_the_start() {
    let text = "boto3: {client_kwargs: {endpoint_url: 'https://sts.example.com'}}\n";
    assert_eq!(
        refused(&LoadRequest::text(text)).class,
        "EndpointConnectionError"
    );
}

#[test]
fn a_secret_comes_from_aws_secrets_manager() {
    let text = "environment: prod\nextends: ['AWS_SECRETS_MANAGER:consoleme']\nurl: here\n";
    let request = LoadRequest::text(text).wanting(&["oidc_secrets.secret", "url"]);
    let error = refused(&request);
    assert_eq!(error.class, "ResourceNotFoundException");
    assert_eq!(
        error.place.as_deref(),
        Some("consoleme/lib/aws_secret_manager.py:12")
    );

    let request = request.with_secret("consoleme", "oidc_secrets: {secret: abc}\nurl: there\n");
    let loaded = consoleme().load(&request).loaded.expect("ConsoleMe starts");
    assert_eq!(loaded.values["oidc_secrets.secret"], Ok("abc".into()));
    assert_eq!(loaded.values["url"], Ok("here".into()));
}

#[test]
fn a_configuration_can_lie_in_aws_secrets_manager() {
    let request = LoadRequest::location("AWS_SECRETS_MANAGER:whole").wanting(&["url"]);
    let request = request.with_secret("whole", "environment: prod\nurl: there\n");
    let loaded = consoleme().load(&request).loaded.expect("ConsoleMe starts");
    assert_eq!(loaded.values["url"], Ok("there".into()));
}

#[test]
fn a_file_and_the_environment_are_what_consoleme_finds() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("some.yaml");
    std::fs::write(&path, "environment: test\nextends: [more.yaml]\n").expect("a file");
    std::fs::write(folder.path().join("more.yaml"), "url: found\n").expect("a file");
    let request = LoadRequest::file(&path).wanting(&["url"]);
    let loaded = consoleme().load(&request).loaded.expect("ConsoleMe starts");
    assert_eq!(loaded.values["url"], Ok("found".into()));

    let request = request.with_env("CONFIG_LOCATION", "/nowhere.yaml");
    assert_eq!(
        refused(&LoadRequest::location("/nowhere.yaml")).class,
        "FileNotFoundError"
    );
    assert!(
        consoleme().load(&request).loaded.is_ok(),
        "the request's own location is the stronger"
    );
}

#[test]
fn what_ends_the_start_is_told_with_its_place() {
    let place = |error: &Raised| error.place.clone().expect("a place in ConsoleMe");
    let tab = refused(&LoadRequest::text("auth:\n\tget_user_by_oidc: true\n"));
    assert_eq!(tab.class, "ScannerError");
    assert_eq!(place(&tab), "consoleme/config/config.py:207");

    let empty_section = refused(&LoadRequest::text("environment: test\nconfig:\n"));
    assert_eq!(empty_section.class, "TypeError");
    assert_eq!(
        empty_section.message,
        "'NoneType' object is not subscriptable"
    );
    assert_eq!(place(&empty_section), "consoleme/config/config.py:251");

    let request = LoadRequest::text("environment: test\nextends: [more.yaml]\n");
    let empty_file = refused(&request.with_file("more.yaml", "# nothing\n"));
    assert_eq!(empty_file.class, "AttributeError");
    assert_eq!(place(&empty_file), "consoleme/config/config.py:34");
}

#[test]
fn what_consoleme_logs_is_told() {
    let request = LoadRequest::text("environment: test\nextends: [missing.yaml]\n");
    let load = consoleme().load(&request);
    assert!(load.loaded.is_ok());
    let error = load
        .log
        .iter()
        .find(|record| record.level == "ERROR")
        .expect("an error");
    assert_eq!(error.message, "Unable to open file: missing.yaml");
    let exception = error.exception.as_ref().expect("an exception");
    assert_eq!(exception.class, "FileNotFoundError");
}

#[test]
fn files_are_merged_as_consoleme_does() {
    let trees = [
        FileTree::new(&[
            (
                "conf/root.yaml",
                "environment: test\nextends: [sub/a.yaml, b.yaml]\nm: {x: 1}\n",
            ),
            (
                "conf/sub/a.yaml",
                "m: {x: 2, y: 2}\nl: [1]\nextends: [c.yaml]\n",
            ),
            ("conf/b.yaml", "m: {y: 3, z: 3}\nl: [2]\n"),
            ("conf/c.yaml", "m: {z: 4}\n"),
        ]),
        FileTree::new(&[("self.yaml", "environment: test\nextends: [self.yaml]\n")]),
        FileTree::new(&[("nothing.yaml", "")]),
        FileTree::new(&[("last.yaml", "url: x\n")]),
    ];
    let values = consoleme().trees(&trees);
    let merged = values[0].clone().expect("a configuration");
    let m: Vec<(Value, Value)> = vec![
        ("x".into(), 1.into()),
        ("y".into(), 2.into()),
        ("z".into(), 4.into()),
    ];
    assert_eq!(merged.get("m"), Some(&Value::Map(m)));
    assert_eq!(merged.get("l"), Some(&vec![1].into()));
    assert_eq!(
        values[1].clone().expect_err("a circle").class,
        "RecursionError"
    );
    assert_eq!(
        values[2].clone().expect_err("an empty file").class,
        "TypeError"
    );
    assert_eq!(
        values[3].clone().expect("a configuration").get("url"),
        Some(&"x".into())
    );
}
