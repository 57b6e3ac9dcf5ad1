//! Values as Java prints them.

use std::fmt::Write as _;

use redeliver_model::{Kind, Service, Shape, Value};

/// A value in the words of a violation, without the quotes around it.
pub(super) fn value(service: Service, shape: &Shape, value: &Value) -> String {
    let mut text = String::new();
    write(&mut text, service, shape, value);
    text
}

fn write(text: &mut String, service: Service, shape: &Shape, value: &Value) {
    // Writing to a string cannot fail.
    let _ = match (value, &shape.kind) {
        (Value::String(inner), _) => write!(text, "{inner}"),
        (Value::Boolean(truth), _) => write!(text, "{truth}"),
        (Value::Integer(number), _) => write!(text, "{number}"),
        (Value::Double(number), _) => write!(text, "{number:?}"),
        (Value::Timestamp(time), _) => write!(text, "{time}"),
        (Value::Blob(bytes), _) => {
            write!(text, "java.nio.HeapByteBuffer[pos=0 lim={length} cap={length}]", length = bytes.len())
        }
        (Value::List(items), Kind::List { member, .. }) => {
            enclosed(text, ['[', ']'], items, |text, item| write(text, service, member, item));
            Ok(())
        }
        (Value::Map(entries), Kind::Map { value: item_shape, .. }) => {
            enclosed(text, ['{', '}'], entries, |text, (key, item)| {
                text.push_str(key);
                text.push('=');
                write(text, service, item_shape, item);
            });
            Ok(())
        }
        // Java prints a hash of the contents, which nobody can repeat; this one too is equal for equal contents.
        (Value::Structure(_) | Value::List(_) | Value::Map(_), _) => {
            let version = service.model().api_version.replace('-', "");
            let hash = crc32fast::hash(format!("{value:?}").as_bytes());
            write!(text, "com.amazonaws.{}.v{version}.{}@{hash:x}", service.prefix(), shape.name)
        }
    };
}

fn enclosed<T>(
    text: &mut String,
    [open, close]: [char; 2],
    items: impl IntoIterator<Item = T>,
    mut item: impl FnMut(&mut String, T),
) {
    text.push(open);
    for (index, each) in items.into_iter().enumerate() {
        if index > 0 {
            text.push_str(", ");
        }
        item(text, each);
    }
    text.push(close);
}
