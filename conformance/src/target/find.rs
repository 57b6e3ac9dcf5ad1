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
    use super::super::{Start, TargetProblem};
    use super::find;

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
        assert_eq!(told("motto"), "unknown target `motto`: did you mean `moto`?");
        assert_eq!(
            told("aws"),
            "unknown target `aws`: use one of reference, served, moto, a URL, or the path of a manifest"
        );
        assert!(told("none/such.yaml").starts_with("cannot read the target manifest `none/such.yaml`: "));
        assert!(told("ftp://x").starts_with("`ftp://x` is not reached by plain HTTP"));
    }

    #[test]
    fn a_broken_manifest_names_the_place() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("own.yaml");
        let told = |text: &str| {
            std::fs::write(&path, text).unwrap();
            let problem = find(path.to_str().unwrap()).unwrap_err().to_string();
            problem.split_once("is broken: ").unwrap().1.to_owned()
        };
        let head = "name: own\nabout: Own.\nfeatures: [sqs.standard]\n";
        assert_eq!(told(head), "write exactly one of `in-process: true`, `endpoint` and `command` at line 1 column 1");
        let texts = [
            format!("{head}endpoint: http://localhost:1\nmax-wait: soon\n"),
            format!("{head}endpoint: http://localhost:1\nport: 4\n"),
            "name: own\nabout: Own.\nfeatures: [sqs.standrad]\nin-process: true\n".to_owned(),
            format!("{head}in-process: true\naccount: \"12\"\n"),
            format!("{head}in-process: true\nknown: [{{ pattern: \"sqs/[\", reason: r }}]\n"),
        ];
        insta::assert_snapshot!(texts.map(|text| told(&text)).join("\n"));
    }
}
