//! People: a name alone, or with employer and post.

use super::Text;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, de};
use std::borrow::Cow;
use std::fmt;

/// A person who is named in a paper: `张三` or `{姓名: 张三, 单位: ……, 职务: ……}`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Person {
    /// 姓名.
    pub name: Text,
    /// 单位.
    pub employer: Option<Text>,
    /// 职务.
    pub post: Option<Text>,
}

#[derive(Deserialize, JsonSchema)]
#[schemars(rename = "人员")]
struct Written {
    #[serde(rename = "姓名", default)]
    #[schemars(extend("x-required" = true))]
    name: Text,
    #[serde(rename = "单位")]
    employer: Option<Text>,
    #[serde(rename = "职务")]
    post: Option<Text>,
}

impl<'de> Deserialize<'de> for Person {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Either)
    }
}

struct Either;

impl<'de> de::Visitor<'de> for Either {
    type Value = Person;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("model/wrong-type")
    }

    fn visit_unit<E: de::Error>(self) -> Result<Person, E> {
        Ok(Person::default())
    }

    fn visit_str<E: de::Error>(self, name: &str) -> Result<Person, E> {
        Ok(Person { name: name.into(), ..Person::default() })
    }

    fn visit_map<A: de::MapAccess<'de>>(self, map: A) -> Result<Person, A::Error> {
        let written = Written::deserialize(de::value::MapAccessDeserializer::new(map))?;
        Ok(Person { name: written.name, employer: written.employer, post: written.post })
    }
}

impl JsonSchema for Person {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "姓名或人员".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let written = generator.subschema_for::<Written>();
        json_schema!({ "anyOf": [{ "type": "string" }, written] })
    }
}

/// Somebody who can be asked: 联系人, 联络员.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[schemars(rename = "联系人")]
pub struct Contact {
    /// 姓名.
    #[serde(rename = "姓名", default)]
    #[schemars(extend("x-required" = true))]
    pub name: Text,
    /// 单位.
    #[serde(rename = "单位")]
    pub employer: Option<Text>,
    /// 职务.
    #[serde(rename = "职务")]
    pub post: Option<Text>,
    /// 电话; never printed in press drafts.
    #[serde(rename = "电话")]
    pub telephone: Option<Text>,
    /// 传真.
    #[serde(rename = "传真")]
    pub fax: Option<Text>,
    /// 邮箱.
    #[serde(rename = "邮箱")]
    pub mail: Option<Text>,
}

/// Whether `text` can stand as an address in the head of an e-mail: `name@host` in plain ASCII (RFC 5321, 4.1.2).
pub fn is_mail_address(text: &str) -> bool {
    let sound = |part: &str| {
        !part.is_empty() && part.chars().all(|c| c.is_ascii_graphic() && !"<>()[]\\,;:@\"".contains(c))
    };
    text.split_once('@').is_some_and(|(name, host)| sound(name) && sound(host))
}

#[cfg(test)]
mod tests {
    use super::is_mail_address;

    #[test]
    fn addresses() {
        assert!(is_mail_address("zong.mishuchu+1@rjw.example"));
        for text in [
            "",
            "@",
            "a@",
            "@b",
            "a b@c",
            "a@b@c",
            "秘书处@例.中国",
            "a@b\nBcc: c@d",
            "周八 <a@b>",
            "a@b,c@d",
        ] {
            assert!(!is_mail_address(text), "{text}");
        }
    }
}
