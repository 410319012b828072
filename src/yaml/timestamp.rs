//! `datetime.date` and `datetime.datetime`, as PyYAML makes and Python writes them.

/// The digits of a timestamp, before anybody asked whether there is such a day.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Parts {
    year: u32,
    month: u32,
    day: u32,
    pub time: Option<Time>,
}

#[derive(Debug, PartialEq, Eq)]
pub(super) struct Time {
    hour: u32,
    minute: u32,
    second: u32,
    micro: u32,
    /// Minutes east of Greenwich.
    offset: Option<i32>,
}

/// Reads digits off the front of a text.
struct Cursor<'t>(&'t [u8]);

impl Cursor<'_> {
    fn eat(&mut self, is: impl Fn(u8) -> bool) -> Option<u8> {
        let (&first, rest) = self.0.split_first()?;
        is(first).then(|| {
            self.0 = rest;
            first
        })
    }

    fn digits(&mut self, least: usize, most: usize) -> Option<u32> {
        let mut value = 0;
        for count in 0..most {
            match self.eat(|byte| byte.is_ascii_digit()) {
                Some(digit) => value = value * 10 + u32::from(digit - b'0'),
                None if count >= least => break,
                None => return None,
            }
        }
        Some(value)
    }

    fn blanks(&mut self) -> bool {
        let before = self.0.len();
        while self.eat(|byte| matches!(byte, b' ' | b'\t')).is_some() {}
        self.0.len() < before
    }
}

/// The parts of a text that is written as a timestamp.
pub(super) fn parts(text: &[u8]) -> Option<Parts> {
    let mut cursor = Cursor(text);
    let year = cursor.digits(4, 4)?;
    cursor.eat(|byte| byte == b'-')?;
    let month = cursor.digits(1, 2)?;
    cursor.eat(|byte| byte == b'-')?;
    let day = cursor.digits(1, 2)?;
    let time = if cursor.0.is_empty() {
        None
    } else {
        if cursor.eat(|byte| matches!(byte, b'T' | b't')).is_none() && !cursor.blanks() {
            return None;
        }
        Some(time(&mut cursor)?)
    };
    cursor.0.is_empty().then_some(Parts {
        year,
        month,
        day,
        time,
    })
}

fn time(cursor: &mut Cursor<'_>) -> Option<Time> {
    let hour = cursor.digits(1, 2)?;
    cursor.eat(|byte| byte == b':')?;
    let minute = cursor.digits(2, 2)?;
    cursor.eat(|byte| byte == b':')?;
    let second = cursor.digits(2, 2)?;
    let mut micro = 0;
    if cursor.eat(|byte| byte == b'.').is_some() {
        let mut weight = 100_000;
        while let Some(digit) = cursor.eat(|byte| byte.is_ascii_digit()) {
            micro += u32::from(digit - b'0') * weight;
            weight /= 10;
        }
    }
    let blanks = cursor.blanks();
    let offset = if cursor.eat(|byte| byte == b'Z').is_some() {
        Some(0)
    } else if let Some(sign) = cursor.eat(|byte| matches!(byte, b'+' | b'-')) {
        let hours = cursor.digits(1, 2)?;
        let minutes = match cursor.eat(|byte| byte == b':') {
            Some(_) => cursor.digits(2, 2)?,
            None => 0,
        };
        let offset = i32::try_from(hours * 60 + minutes).ok()?;
        Some(if sign == b'-' { -offset } else { offset })
    } else if blanks {
        return None;
    } else {
        None
    };
    Some(Time {
        hour,
        minute,
        second,
        micro,
        offset,
    })
}

/// Python's `str()` of the date or time that PyYAML makes of a text, or what Python's
/// `ValueError` is about.
pub(super) fn construct(text: &str) -> Result<Box<str>, &'static str> {
    let text = text.strip_suffix('\n').unwrap_or(text);
    let parts = parts(text.as_bytes()).ok_or("it is not written as a date")?;
    let Parts {
        year, month, day, ..
    } = parts;
    if year == 0 {
        return Err("there is no year 0");
    }
    if !(1..=12).contains(&month) {
        return Err("there is no such month");
    }
    if day == 0 || day > days(year, month) {
        return Err("the month has no such day");
    }
    let date = format!("{year:04}-{month:02}-{day:02}");
    let Some(time) = parts.time else {
        return Ok(date.into());
    };
    if time.hour > 23 || time.minute > 59 || time.second > 59 {
        return Err("there is no such time of day");
    }
    let mut written = format!(
        "{date} {:02}:{:02}:{:02}",
        time.hour, time.minute, time.second
    );
    if time.micro > 0 {
        written.push_str(&format!(".{:06}", time.micro));
    }
    if let Some(offset) = time.offset {
        if offset.abs() >= 24 * 60 {
            return Err("no time zone is a day or more away from UTC");
        }
        let sign = if offset < 0 { '-' } else { '+' };
        let (hours, minutes) = (offset.abs() / 60, offset.abs() % 60);
        written.push_str(&format!("{sign}{hours:02}:{minutes:02}"));
    }
    Ok(written.into())
}

fn days(year: u32, month: u32) -> u32 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => {
            29
        }
        2 => 28,
        _ => 31,
    }
}
