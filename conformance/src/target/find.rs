//! Manifests by what a user names: a built-in name, a file, or a URL.

use std::path::Path;

use redeliver_spec::words::nearest;

use super::{Endpoint, Manifest, TargetProblem, builtin};

/// The manifest that `named` means: a URL, a path of a YAML file, or the name of a built-in target.
pub fn find(named: &str) -> Result<Manifest, TargetProblem> {
    if named.contains("://") {
        return Endpoint::parse(named).map(Manifest::ad_hoc);
    }
    if let Some(found) = builtin().into_iter().find(|manifest| manifest.name == named) {
        return Ok(found);
    }
    let path = Path::new(named);
    let is_file = named.contains('/') || path.extension().is_some_and(|ending| ending == "yaml" || ending == "yml");
    if is_file {
        let text = std::fs::read_to_string(path)
            .map_err(|error| TargetProblem::Usage(format!("cannot read the target manifest `{named}`: {error}")))?;
        return Manifest::parse(&text, named);
    }
    let known: Vec<_> = builtin().into_iter().map(|manifest| manifest.name).collect();
    let hint = match nearest(named, known.iter().map(String::as_str)) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("use one of {}, a URL, or the path of a manifest", known.join(", ")),
    };
    Err(TargetProblem::Usage(format!("unknown target `{named}`: {hint}")))
}

#[cfg(test)]
mod tests {
    use super::super::{Manifest, Start, TargetProblem};
    use super::{builtin, find};

    #[test]
    fn a_target_is_a_name_a_url_or_a_file() {
        assert_eq!(find("reference").unwrap().start, Start::InProcess);
        assert_eq!(find("http://localhost:1").unwrap().name, "http://localhost:1");
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("own.yaml");
        std::fs::write(&path, "name: own\nabout: Own.\nfeatures: [sqs.standard]\nendpoint: http://localhost:1\n")
            .unwrap();
        assert_eq!(find(path.to_str().unwrap()).unwrap().name, "own");
    }

    #[test]
    fn a_mistake_is_told_with_its_remedy() {
        let told = |named: &str| match find(named) {
            Err(TargetProblem::Usage(text)) => text,
            other => panic!("{other:?}"),
        };
        let names: Vec<_> = builtin().into_iter().map(|manifest| manifest.name).collect();
        assert_eq!(told("motto"), "unknown target `motto`: did you mean `moto`?");
        assert_eq!(
            told("zzz"),
            format!("unknown target `zzz`: use one of {}, a URL, or the path of a manifest", names.join(", "))
        );
        assert!(told("none/such.yaml").starts_with("cannot read the target manifest `none/such.yaml`: "));
        assert!(told("ftp://x").starts_with("`ftp://x` is not reached by HTTP"));
    }

    #[test]
    fn mistakes_of_a_manifest_are_drawn_with_their_remedies() {
        let text = r#"name: own
about: Own.
features: [sqs.standrad, sns.standard, sns.standard]
services: [sns, kinesis]
endpoint: ftp://localhost:1
command: { program: own, args: ["${prot}", "${port:sns}"], ready: { within: soon } }
account: 123456789012
known: [{ pattern: "sqs/[", reason: r }]
"#;
        let sound =
            text.replace("sqs.standrad, ", "").replace("soon", "5s").replace("123456789012", "\"123456789012\"");
        let told = [text, &sound].map(|text| match Manifest::parse(text, "own.yaml") {
            Err(TargetProblem::Manifest(problems)) => problems.to_string(),
            other => panic!("{other:?}"),
        });
        insta::assert_snapshot!(told.join("\n"));
    }

    #[test]
    fn everything_about_a_container_is_read() {
        let text = r#"name: own
about: Own.
features: [sqs.standard, sns.standard]
container:
  image: own/emulator:1.2
  port: 4566
  ports: { sns: 4575 }
  environment: { HOST: "127.0.0.1:${port}" }
  args: [--sns, "${port:sns}"]
  volumes: [{ host: data, container: /data }]
  files: { /etc/own.conf: "port = 4566" }
  ready: { http: /health, log: ready, within: 2m }
endpoints: { sns: "http://127.0.0.1:${port:sns}" }
reset: { path: /reset }
quirks: [It forgets everything at midnight.]
tried: { version: "1.2", on: 2026-11-26 }
avoid: [{ pattern: "sqs/**", reason: it hangs }]
"#;
        insta::assert_debug_snapshot!(Manifest::parse(text, "folder/own.yaml").unwrap());
    }
}
