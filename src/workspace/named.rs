//! Files that another file names: a path as written goes in, a path as the workspace has it comes out.
//!
//! Refuses a path that leaves the workspace.

use super::{Loaded, Workspace};
use crate::model::HouseRules;

impl Workspace {
    /// The file that the profile names under 规则; none where it names none, or one outside.
    pub fn house_file(&self) -> Option<String> {
        let named = self.profile.model.rules.as_ref().filter(|named| !named.is_blank())?;
        within(&self.profile.file, named)
    }

    /// 本组规则 in force.
    pub fn house(&self) -> Option<&Loaded<HouseRules>> {
        let named = self.house_file()?;
        self.house_rules.iter().find(|rules| rules.file == named)
    }
}

/// `name` as seen from the folder of `file`.
fn within(file: &str, name: &str) -> Option<String> {
    let name = name.replace('\\', "/");
    if name.starts_with('/') {
        return None;
    }
    let mut parts: Vec<&str> = file.split('/').collect();
    parts.pop();
    for part in name.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::within;

    #[test]
    fn paths_are_seen_from_the_file_that_names_them() {
        let from = |name: &str| within("甲/专家组.yaml", name);
        assert_eq!(from("本组规则.yaml").as_deref(), Some("甲/本组规则.yaml"));
        assert_eq!(from("./规则\\本组.yaml").as_deref(), Some("甲/规则/本组.yaml"));
        assert_eq!(from("../乙.yaml").as_deref(), Some("乙.yaml"));
        assert_eq!(from("../../丙.yaml"), None);
        assert_eq!(from("/etc/passwd"), None);
    }
}
