//! The task that carries deliveries out.
//!
//! There is one at most, and only while deliveries are under way: nobody else may be there to let time pass until the next attempt.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;

use futures_util::stream::FuturesUnordered;
use futures_util::{FutureExt as _, StreamExt as _};
use redeliver_chaos::Turning;
use redeliver_core::sns::{Attempted, DeliveryId, Post};

use super::desk::{Carrier, Running, attempted, request};
use crate::engine::Engine;

/// How long an endpoint may take to answer.
/// <https://docs.aws.amazon.com/sns/latest/dg/SendMessageToHttp.prepare.html>
const ANSWER_WITHIN: Duration = Duration::from_secs(15);

/// Carries deliveries out until none is under way.
pub(super) async fn run(engine: Arc<Engine>, running: Running) {
    let desk = &engine.desk;
    let mut attempts = FuturesUnordered::new();
    loop {
        while let Some((delivery, post, carrier)) = desk.next(engine.clock.after(ANSWER_WITHIN)) {
            let (address, world) = (desk.address(&post), desk.worlds());
            let turning = carrier.is_some().then(|| engine.faults.at(&post)).flatten();
            let attempted = attempt(&engine, delivery, post, carrier, address, turning);
            attempts.push(attempted.map(move |attempted| (world, attempted)));
        }
        if attempts.is_empty() && !engine.has_posts() && desk.may_stop() {
            return running.leave();
        }
        tokio::select! {
            biased;
            Some((world, (delivery, attempted))) = attempts.next() => {
                if world == desk.worlds() {
                    engine.delivered(delivery, attempted);
                    desk.ended(delivery);
                }
            }
            () = desk.changed.notified() => {}
            never = engine.pace.lead(&engine) => match never {},
        }
    }
}

fn late() -> Attempted {
    Attempted::Failed(format!("it did not answer within {} seconds", ANSWER_WITHIN.as_secs()))
}

async fn attempt(
    engine: &Engine,
    delivery: DeliveryId,
    post: Arc<Post>,
    carrier: Option<Carrier>,
    address: String,
    turning: Option<Turning>,
) -> (DeliveryId, Attempted) {
    if let Some(Turning::Status(status)) = turning {
        return (delivery, Attempted::Answered(status));
    }
    let end = engine.clock.after(ANSWER_WITHIN);
    let attempted = match (carrier, request(&post, &address)) {
        (None, _) => Attempted::Failed("nobody is there any more".to_owned()),
        (_, Err(failed)) => failed,
        (Some(carrier), Ok(request)) => {
            let answer = async {
                match carrier {
                    Carrier::Receiver(receiver) => {
                        // A server would go on after a panic of one handler.
                        let answered = AssertUnwindSafe(async { receiver.answer(request).await }).catch_unwind().await;
                        answered
                            .map_or_else(|_| Attempted::Failed("it panicked".to_owned()), |answer| attempted(&answer))
                    }
                    #[cfg(feature = "server")]
                    Carrier::Client(client) => client.send(request).await,
                }
            };
            tokio::select! {
                biased;
                attempted = answer => attempted,
                () = engine.clock.reach(end) => late(),
            }
        }
    };
    let attempted = match (turning, attempted) {
        (Some(Turning::AnswerLate), Attempted::Answered(_)) => {
            engine.clock.reach(end).await;
            late()
        }
        (Some(Turning::AnswerLost), Attempted::Answered(_)) => Attempted::Failed("its answer was lost".to_owned()),
        (_, attempted) => attempted,
    };
    (delivery, attempted)
}
