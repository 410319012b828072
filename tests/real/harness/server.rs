//! HTTP servers that answer what a test wants, and remember what they were asked.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

/// A request.
#[derive(Debug, Clone, Default)]
pub struct Heard {
    /// The method.
    pub method: String,
    /// Path and query, or what a proxy is asked for.
    pub target: String,
    /// The headers, as they came.
    pub headers: String,
    /// The body.
    pub body: String,
}

impl Heard {
    /// The path, without the query.
    pub fn path(&self) -> &str {
        self.target.split('?').next().unwrap_or_default()
    }

    /// Reads the next request of a connection; none where the other side has gone.
    pub fn read(reader: &mut impl BufRead) -> Option<Heard> {
        let mut line = String::new();
        reader.read_line(&mut line).ok().filter(|&read| read > 0)?;
        let mut words = line.split_whitespace().map(str::to_owned);
        let (method, target) = (words.next()?, words.next()?);
        let mut headers = String::new();
        let mut length = 0;
        loop {
            let mut line = String::new();
            reader.read_line(&mut line).ok().filter(|&read| read > 0)?;
            if line.trim().is_empty() {
                break;
            }
            if let Some((name, value)) = line.split_once(':')
                && name.eq_ignore_ascii_case("content-length")
            {
                length = value.trim().parse().ok()?;
            }
            headers.push_str(&line);
        }
        let mut body = vec![0; length];
        reader.read_exact(&mut body).ok()?;
        let body = String::from_utf8_lossy(&body).into_owned();
        Some(Heard {
            method,
            target,
            headers,
            body,
        })
    }
}

/// A server on a free port of 127.0.0.1; each connection has its own thread. It lasts as long as
/// the tests' process.
pub struct Server {
    address: String,
    heard: Arc<Mutex<Vec<Heard>>>,
}

impl Server {
    /// Answers each request with what `respond` writes; its `false` ends the connection.
    pub fn start(
        respond: impl Fn(&Heard, &mut TcpStream) -> bool + Send + Sync + 'static,
    ) -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = listener.local_addr().expect("an address").to_string();
        let heard: Arc<Mutex<Vec<Heard>>> = Arc::default();
        let (remembered, respond) = (Arc::clone(&heard), Arc::new(respond));
        thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let (heard, respond) = (Arc::clone(&remembered), Arc::clone(&respond));
                thread::spawn(move || {
                    let mut reader = BufReader::new(stream.try_clone().expect("a second handle"));
                    let mut stream = stream;
                    while let Some(request) = Heard::read(&mut reader) {
                        heard.lock().expect("no poison").push(request.clone());
                        if !respond(&request, &mut stream) {
                            break;
                        }
                    }
                });
            }
        });
        Server { address, heard }
    }

    /// Answers each request with a text.
    pub fn saying(respond: impl Fn(&Heard) -> String + Send + Sync + 'static) -> Server {
        Server::start(move |heard, stream| stream.write_all(respond(heard).as_bytes()).is_ok())
    }

    /// Host and port.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// The beginning of its URLs.
    pub fn origin(&self) -> String {
        format!("http://{}", self.address)
    }

    /// What it was asked so far.
    pub fn heard(&self) -> Vec<Heard> {
        self.heard.lock().expect("no poison").clone()
    }
}

/// A whole answer: its status, further headers each with its line end, and its body.
pub fn answer(status: u16, headers: &str, body: &str) -> String {
    let length = body.len();
    format!("HTTP/1.1 {status} Said\r\n{headers}Content-Length: {length}\r\n\r\n{body}")
}

/// A whole answer in JSON.
pub fn json(status: u16, body: &str) -> String {
    answer(status, "Content-Type: application/json\r\n", body)
}
