//! Whose credentials a run on AWS has.

/// Whose credentials a run on AWS has, as `sts:GetCallerIdentity` tells.
/// <https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html>
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Caller {
    /// The account.
    pub(crate) account: String,
    /// The ARN of the user or of the session of a role.
    pub(crate) arn: Option<String>,
    /// The unique id, which is the `SenderId` of messages: of a role with the name of the session behind a colon.
    pub(crate) unique_id: Option<String>,
}

impl Caller {
    /// What tells who it is, each with what may stand in its place in a recording, longest first.
    pub(crate) fn stand_ins(&self) -> Vec<(String, String)> {
        let name = self.arn.iter().filter_map(|arn| arn.splitn(6, ':').nth(5));
        let name = name.map(|name| (name.to_owned(), "user/caller".to_owned()));
        let stand_in = |id: &str| (id.to_owned(), "AIDACKCEVSQ6C2EXAMPLE".to_owned());
        let role = self.unique_id.iter().filter_map(|id| id.split_once(':')).map(|(role, _)| stand_in(role));
        name.chain(self.unique_id.iter().map(|id| stand_in(id))).chain(role).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::Caller;

    #[test]
    fn the_session_of_a_role_is_known_by_nothing() {
        let caller = Caller {
            account: "123456789012".to_owned(),
            arn: Some("arn:aws:sts::123456789012:assumed-role/Admin/jane@example.com".to_owned()),
            unique_id: Some("AROA0123456789ABCDEF:jane@example.com".to_owned()),
        };
        let text = "User: arn:aws:sts::123456789012:assumed-role/Admin/jane@example.com is AROA0123456789ABCDEF:jane@example.com, \
                    of AROA0123456789ABCDEF";
        let hidden =
            caller.stand_ins().iter().fold(text.to_owned(), |text, (what, stand_in)| text.replace(what, stand_in));
        assert_eq!(
            hidden,
            "User: arn:aws:sts::123456789012:user/caller is AIDACKCEVSQ6C2EXAMPLE, of AIDACKCEVSQ6C2EXAMPLE"
        );
    }
}
