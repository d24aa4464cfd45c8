//! Whose activity it is.

use crate::model::{Activity, Profile};

/// Whether the group itself is (also) the host: it is, unless others alone are named under 主办.
/// `本组` stands for the group.
pub fn is_own(profile: &Profile, activity: &Activity) -> bool {
    let own = [profile.full_name.as_deref(), profile.short_name.as_deref(), Some("本组")];
    activity.hosts.is_empty() || activity.hosts.iter().any(|host| own.contains(&Some(&**host)))
}
