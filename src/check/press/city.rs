//! The cities that a place may begin with.

/// Cities whose name at the beginning of a place is beyond doubt.
const CITIES: [&str; 40] = [
    "北京",
    "上海",
    "天津",
    "重庆",
    "石家庄",
    "太原",
    "呼和浩特",
    "沈阳",
    "长春",
    "哈尔滨",
    "南京",
    "杭州",
    "合肥",
    "福州",
    "南昌",
    "济南",
    "郑州",
    "武汉",
    "长沙",
    "广州",
    "南宁",
    "海口",
    "成都",
    "贵阳",
    "昆明",
    "拉萨",
    "西安",
    "兰州",
    "西宁",
    "银川",
    "乌鲁木齐",
    "大连",
    "青岛",
    "宁波",
    "厦门",
    "深圳",
    "苏州",
    "无锡",
    "珠海",
    "三亚",
];
/// What makes the name of a city the name of a street (南京东路), a house, a room or a firm.
const NO_CITY: [&str; 13] =
    ["路", "街", "道", "大厦", "宾馆", "饭店", "酒店", "厅", "楼", "会议室", "公寓", "银行", "集团"];

/// So many characters behind its name tell what it is the name of.
const NEAR: usize = 4;

/// The city with which a place begins.
pub(super) fn city(place: &str) -> Option<&'static str> {
    let city = CITIES.into_iter().find(|city| place.starts_with(city))?;
    let rest: String = place[city.len()..].chars().take(NEAR).collect();
    (!NO_CITY.iter().any(|word| rest.contains(word))).then_some(city)
}
