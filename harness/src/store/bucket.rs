//! One `PUT` for each object, to an endpoint that speaks S3.

use bytes::Bytes;
use http::Request;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use redeliver_core::kinesis::StoredObject;
use redeliver_core::sns::Attempted;

use super::frame::framed;
use crate::signing::{Credentials, sign_put};
use crate::webhook::Client;

/// What stands for itself in the path of an object. <https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html>
const KEPT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~').remove(b'/');

/// An endpoint that speaks S3, with the credentials that it takes. Buckets have to be there; they are in the path.
#[derive(Debug, Clone)]
pub struct Bucket {
    url: String,
    credentials: Credentials,
    client: Client,
}

impl Bucket {
    /// The endpoint at this address, for example `http://127.0.0.1:9000`.
    pub fn new(url: &str, credentials: Credentials) -> Self {
        // Who names an address wants it to be reached.
        Self { url: url.trim_end_matches('/').to_owned(), credentials, client: Client::new(&[]) }
    }

    /// Puts an object there, or says why it is not.
    pub(super) async fn put(&self, object: &StoredObject) -> Result<(), String> {
        let request = self.request(object)?;
        match self.client.send(request).await {
            Attempted::Answered(200..=299) => Ok(()),
            Attempted::Answered(status) => Err(format!("the endpoint answered with status {status}")),
            Attempted::Failed(why) => Err(why),
            Attempted::Kept => Err("it was kept".to_owned()),
        }
    }

    fn request(&self, object: &StoredObject) -> Result<Request<Bytes>, String> {
        let path = format!("{}/{}", object.bucket, object.key);
        let url = format!("{}/{}", self.url, utf8_percent_encode(&path, KEPT));
        let mut request = Request::put(url).header("x-amz-storage-class", &object.storage_class);
        if let Some(owner) = &object.bucket_owner {
            request = request.header("x-amz-expected-bucket-owner", owner);
        }
        if let Some(key) = &object.key_id {
            request = request
                .header("x-amz-server-side-encryption", "aws:kms")
                .header("x-amz-server-side-encryption-aws-kms-key-id", key);
        }
        let request = request.body(Bytes::from(framed(object))).map_err(|error| error.to_string())?;
        sign_put(request, &self.credentials, &object.region)
    }
}
