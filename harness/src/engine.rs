//! The world behind one lock, which is never held across an await.

use std::collections::BTreeMap;
use std::fmt;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

#[cfg(feature = "server")]
use redeliver_core::Calm;
#[cfg(feature = "server")]
use redeliver_core::kinesis::StreamView;
#[cfg(feature = "server")]
use redeliver_core::sns::TopicView;
use redeliver_core::sns::{Attempted, DeliveryId, Entry};
use redeliver_core::sqs::{Prepared, QueueView};
use redeliver_core::{
    Answer, Config, Effect, Emitted, Event, Ids, KeyFault, Limits, Oracle, Outcome, Reply, Request, Step, Ticket,
    Timestamp, World,
};
use redeliver_model::kinesis;
use redeliver_wire::Error;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::sync::oneshot;

use crate::chaos::{DeliveryFaults, Faulty};
use crate::events::{Answered, Events};
use crate::guard::guarded;
use crate::store::Store;
use crate::waiters::{Pace, Waiting};
use crate::webhook::{Desk, Functions};
use crate::{Clock, Profile};

/// Streams of random numbers are named by what they are for: adding one shifts no other.
const REQUEST_IDS: u64 = 0x7265_7175_6573_7473;
const JITTER: u64 = 0x6A69_7474_6572_2E2E;

/// The world behind one lock.
#[derive(Debug)]
pub(crate) struct Engine {
    pub(crate) clock: Clock,
    pub(crate) pace: Pace,
    /// Where deliveries over HTTP wait to be carried out.
    pub(crate) desk: Arc<Desk>,
    /// Where objects of channels wait to be written.
    pub(crate) store: Store,
    /// What happens to deliveries.
    pub(crate) faults: DeliveryFaults,
    state: Mutex<State>,
    /// Not below the other lock: every request needs one, and few need the world for long.
    request_ids: Mutex<Ids>,
    /// Numbers for whatever has to be brought into order afterwards.
    #[cfg(feature = "server")]
    numbers: Arc<AtomicU64>,
}

/// What a world is made with, and made anew.
#[derive(Debug, Clone)]
pub(crate) struct Recipe {
    /// Seed of everything that is drawn.
    pub(crate) seed: u64,
    /// Quotas and cooldowns.
    pub(crate) limits: Limits,
    /// Whether events are kept.
    pub(crate) events: bool,
    /// How the service uses its freedoms.
    pub(crate) profile: Profile,
    /// Where functions can be invoked.
    pub(crate) functions: Functions,
    /// Where objects of channels are written.
    pub(crate) channel_folder: Option<PathBuf>,
}

/// What the lock guards.
pub(crate) struct State {
    #[cfg(feature = "server")]
    recipe: Recipe,
    /// Whether the oracle is not that of the recipe's profile.
    #[cfg(feature = "server")]
    custom_oracle: bool,
    world: World,
    oracle: Box<dyn Oracle + Send>,
    /// Calls that wait, by ticket.
    waiting: BTreeMap<Ticket, oneshot::Sender<Outcome>>,
    /// Streams of events, by ticket.
    streams: BTreeMap<Ticket, UnboundedSender<Emitted>>,
    /// Events with their numbers.
    events: Vec<(u64, Event)>,
    numbers: Arc<AtomicU64>,
    wake_at: Option<Timestamp>,
    desk: Arc<Desk>,
    store: Store,
    /// Whether objects came into the store since it was last attended.
    has_stored: bool,
    faults: DeliveryFaults,
    jitter: Ids,
    /// Why nothing works any more: the world panicked and may be half changed.
    broken: Option<Error>,
}

impl fmt::Debug for State {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { waiting, events, wake_at, broken, .. } = self;
        formatter
            .debug_struct("State")
            .field("waiting", &waiting.len())
            .field("events", &events.len())
            .field("wake_at", wake_at)
            .field("broken", broken)
            .finish_non_exhaustive()
    }
}

/// How a call began.
enum Begun {
    Answered(Outcome),
    Waiting(Ticket, oneshot::Receiver<Outcome>),
    Streaming(Ticket, UnboundedReceiver<Emitted>),
}

impl Engine {
    /// An engine around an empty world.
    pub(crate) fn new(clock: Clock, recipe: &Recipe, oracle: Option<Box<dyn Oracle + Send>>) -> Arc<Self> {
        let numbers = Arc::new(AtomicU64::new(0));
        let request_ids = Mutex::new(Ids::new(recipe.seed ^ REQUEST_IDS));
        Arc::new_cyclic(|engine| {
            let desk = Arc::new(Desk::new(engine.clone(), recipe.functions.clone()));
            let faults = DeliveryFaults::default();
            let store = Store::new(recipe.channel_folder.clone());
            let state =
                State::new(recipe, oracle, Arc::clone(&numbers), (Arc::clone(&desk), store.clone()), faults.clone());
            Self {
                clock,
                pace: Pace::default(),
                desk,
                store,
                faults,
                state: Mutex::new(state),
                request_ids,
                #[cfg(feature = "server")]
                numbers,
            }
        })
    }

    /// Carries out one call, waiting for its answer where the service lets it wait. A call that is dropped is forgotten.
    pub(crate) async fn call(self: &Arc<Self>, request: Request) -> Result<Answered, Error> {
        let prepared = Prepared::of(&request);
        let outcome = match self.change(|state, now| state.begin(now, request, prepared))? {
            Begun::Answered(outcome) => outcome,
            Begun::Waiting(ticket, answer) => match Waiting::new(Arc::clone(self), ticket, answer).answer().await {
                Some(outcome) => outcome,
                None => return Err(self.failure()),
            },
            Begun::Streaming(ticket, receiver) => {
                let reply = kinesis::Reply::SubscribeToShard(kinesis::SubscribeToShardOutput::default());
                let events = Some(Events::new(Arc::clone(self), ticket, receiver));
                return Ok(Answered { reply: Reply::Kinesis(Box::new(reply)), events });
            }
        };
        outcome.map(Answered::from).map_err(Error::Service)
    }

    /// Carries out what is due and says when the next thing is; `None` when nothing will be, until a call changes that.
    pub(crate) fn tick(&self) -> Option<Timestamp> {
        // A broken world has answered everybody: there is nobody left to tell.
        self.change(State::tick).ok().and_then(|()| self.state().wake_at)
    }

    /// Goes on with a delivery over HTTP whose attempt has ended.
    pub(crate) fn delivered(&self, delivery: DeliveryId, attempted: Attempted) {
        // A broken world delivers nothing any more.
        let _ = self.change(|state, now| state.delivered(now, delivery, attempted));
    }

    /// Whether a delivery over HTTP is under way, attempted or waiting to be repeated, or a channel has something to write.
    pub(crate) fn has_posts(&self) -> bool {
        let state = self.state();
        state.broken.is_none() && (state.world.has_posts() || state.has_objects())
    }

    /// Lets deliveries that take their time be made now.
    pub(crate) fn hasten(&self) {
        let _ = self.change(|state, now| {
            let Step { answer: (), events, effects, wake_at } = state.world.hasten(now);
            state.settle(now, events, effects, wake_at);
            state.tick(now);
        });
    }

    /// Deliveries that are not over yet, when those that are due have been made: in a run of webhooks nobody else lets that happen.
    pub(crate) fn under_way(&self) -> usize {
        self.tick();
        let state = self.state();
        if state.broken.is_some() { 0 } else { state.world.under_way() }
    }

    /// What left the world by ways that nobody plays here, the oldest first.
    pub(crate) fn outbox(&self) -> Vec<Entry> {
        // Nobody else may be there to let happen what is due.
        self.tick();
        let state = self.state();
        if state.broken.is_some() {
            return Vec::new();
        }
        let mut entries: Vec<Entry> = state.world.outbox().cloned().collect();
        entries.extend(self.store.kept());
        entries.sort_by_key(|entry| entry.at);
        entries
    }

    /// Forgets a call that waits.
    pub(crate) fn abandon(&self, ticket: Ticket) {
        let mut state = self.state();
        // An answer that was on its way is lost, as on a network: what was received stays in flight.
        let was_there = state.waiting.remove(&ticket).is_some() | state.streams.remove(&ticket).is_some();
        if was_there && state.broken.is_none() {
            state.world.abandon(ticket);
        }
    }

    /// What happened since the last time this was asked, in order.
    pub(crate) fn take_events(&self) -> Vec<Event> {
        std::mem::take(&mut self.state().events).into_iter().map(|(_, event)| event).collect()
    }

    /// The next request id.
    pub(crate) fn request_id(&self) -> String {
        self.request_ids.lock().unwrap_or_else(PoisonError::into_inner).uuid().to_text()
    }

    /// The next seed for whatever draws jitter.
    pub(crate) fn jitter_seed(&self) -> u64 {
        let low = self.state().jitter.uuid().0 & u128::from(u64::MAX);
        u64::try_from(low).expect("the mask leaves 64 bits")
    }

    /// Lets a key of KMS not work, or work again.
    pub(crate) fn set_key(&self, key: &str, fault: Option<KeyFault>) {
        self.state().world.set_key(key, fault);
    }

    /// The owner of a phone number answers a text message of an account with `STOP`.
    pub(crate) fn opt_out(&self, account: &str, region: &str, number: &str) {
        self.state().world.opt_out(account, region, number);
    }

    /// The keys of KMS that do not work, each with why.
    #[cfg(feature = "server")]
    pub(crate) fn keys(&self) -> BTreeMap<String, KeyFault> {
        self.state().world.keys().map(|(key, fault)| (key.to_owned(), fault)).collect()
    }

    /// The queues as they are, without their messages.
    pub(crate) fn queues(&self) -> Vec<QueueView> {
        self.state().queues(0)
    }

    /// As [`Self::take_events`], with the number of each, in exchange for an empty list whose memory is used next.
    #[cfg(feature = "server")]
    pub(crate) fn exchange_events(&self, empty: &mut Vec<(u64, Event)>) {
        std::mem::swap(&mut self.state().events, empty);
    }

    /// A number above those of all that happened before.
    #[cfg(feature = "server")]
    pub(crate) fn number(&self) -> u64 {
        self.numbers.fetch_add(1, Ordering::Relaxed)
    }

    /// Everything as right after the start, but for the numbers.
    #[cfg(feature = "server")]
    pub(crate) fn reset(&self) -> Timestamp {
        self.steer(|state, clock| {
            *self.request_ids.lock().unwrap_or_else(PoisonError::into_inner) =
                Ids::new(state.recipe.seed ^ REQUEST_IDS);
            state.reset();
            clock.let_go();
            clock.now()
        })
    }

    /// Changes the world or its clock from outside, and carries out what is due then.
    #[cfg(feature = "server")]
    pub(crate) fn steer<T>(&self, steer: impl FnOnce(&mut State, &Clock) -> T) -> T {
        let steered = steer(&mut self.state(), &self.clock);
        self.pace.changed();
        self.tick();
        steered
    }

    /// Changes the world at the current time. A panic breaks the engine for good, and the calls that wait are told.
    fn change<T>(&self, change: impl FnOnce(&mut State, Timestamp) -> T) -> Result<T, Error> {
        let mut state = self.state();
        if let Some(broken) = &state.broken {
            return Err(broken.clone());
        }
        // Under the lock: time must not run backwards between calls.
        let now = self.clock.now();
        let wake_at = state.wake_at;
        let changed = guarded(|| change(&mut state, now));
        if let Err(error) = &changed {
            state.broken = Some(error.clone());
            state.waiting.clear();
            state.streams.clear();
        }
        if state.wake_at != wake_at {
            self.pace.changed();
        }
        let has_objects = state.has_objects();
        let has_stored = std::mem::take(&mut state.has_stored);
        drop(state);
        // Every call comes by here, and few leave an object.
        if has_stored {
            self.store.attend();
        }
        self.desk.attend(has_objects);
        changed
    }

    fn failure(&self) -> Error {
        let broken = self.state().broken.clone();
        broken.unwrap_or_else(|| Error::Internal { detail: "a waiting call was forgotten".to_owned() })
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // Panics of the world are caught inside the lock and remembered in `broken`.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn new(
        recipe: &Recipe,
        oracle: Option<Box<dyn Oracle + Send>>,
        numbers: Arc<AtomicU64>,
        (desk, store): (Arc<Desk>, Store),
        faults: DeliveryFaults,
    ) -> Self {
        let Recipe { seed, limits, events, profile, .. } = recipe.clone();
        Self {
            #[cfg(feature = "server")]
            recipe: recipe.clone(),
            #[cfg(feature = "server")]
            custom_oracle: oracle.is_some(),
            world: World::new(Config { seed, limits, events }),
            oracle: oracle.unwrap_or_else(|| profile.oracle(seed)),
            waiting: BTreeMap::new(),
            streams: BTreeMap::new(),
            events: Vec::new(),
            numbers,
            wake_at: None,
            desk,
            store,
            has_stored: false,
            faults,
            jitter: Ids::new(seed ^ JITTER),
            broken: None,
        }
    }

    fn begin(&mut self, now: Timestamp, request: Request, prepared: Prepared) -> Begun {
        let mut oracle = Faulty { oracle: self.oracle.as_mut(), faults: &self.faults };
        let Step { answer, events, effects, wake_at } = self.world.apply_prepared(now, request, prepared, &mut oracle);
        let begun = match answer {
            Answer::Now(outcome) => Begun::Answered(outcome),
            Answer::Later(ticket) => {
                let (sender, receiver) = oneshot::channel();
                self.waiting.insert(ticket, sender);
                Begun::Waiting(ticket, receiver)
            }
            Answer::Stream(ticket) => {
                let (sender, receiver) = unbounded_channel();
                self.streams.insert(ticket, sender);
                Begun::Streaming(ticket, receiver)
            }
        };
        self.settle(now, events, effects, wake_at);
        begun
    }

    fn tick(&mut self, now: Timestamp) {
        if self.wake_at.is_some_and(|due| due <= now) {
            let mut oracle = Faulty { oracle: self.oracle.as_mut(), faults: &self.faults };
            let Step { answer: (), events, effects, wake_at } = self.world.tick(now, &mut oracle);
            self.settle(now, events, effects, wake_at);
            // Otherwise who lets time pass would tick for ever.
            assert!(wake_at.is_none_or(|next| next > now), "the world is still due at {now} after it was ticked then");
        }
    }

    fn delivered(&mut self, now: Timestamp, delivery: DeliveryId, attempted: Attempted) {
        let mut oracle = Faulty { oracle: self.oracle.as_mut(), faults: &self.faults };
        let Step { answer: (), events, effects, wake_at } = self.world.delivered(now, delivery, attempted, &mut oracle);
        self.settle(now, events, effects, wake_at);
    }

    fn settle(&mut self, now: Timestamp, events: Vec<Event>, effects: Vec<Effect>, wake_at: Option<Timestamp>) {
        let number = || self.numbers.fetch_add(1, Ordering::Relaxed);
        #[cfg(feature = "server")]
        events.iter().for_each(crate::loud::tell);
        self.events.extend(events.into_iter().map(|event| (number(), event)));
        self.wake_at = wake_at;
        let mut kept = Vec::new();
        for effect in effects {
            match effect {
                Effect::Answer { ticket, outcome } => {
                    if let Some(waiting) = self.waiting.remove(&ticket) {
                        // The call may have gone away in the meantime; then its answer is lost.
                        let _ = waiting.send(outcome);
                    }
                }
                Effect::Emit { ticket, emitted } => self.emit(ticket, emitted),
                Effect::Store { object } => {
                    self.store.take(object);
                    self.has_stored = true;
                }
                Effect::Deliver { delivery, post } => {
                    if !self.desk.take(delivery, &post) {
                        kept.push(delivery);
                    }
                }
            }
        }
        for delivery in kept {
            self.delivered(now, delivery, Attempted::Kept);
        }
    }

    fn emit(&mut self, ticket: Ticket, emitted: Emitted) {
        let is_last = !matches!(emitted, Emitted::Event(_));
        if let Some(stream) = self.streams.get(&ticket) {
            // Its listener may have gone away in the meantime.
            let _ = stream.send(emitted);
        }
        if is_last {
            self.streams.remove(&ticket);
        }
    }
}

impl State {
    /// Whether a channel has something to write that leaves this process.
    fn has_objects(&self) -> bool {
        self.broken.is_none() && self.world.has_deliveries() && self.store.is_open()
    }

    /// The queues with their oldest messages; none while the world is broken.
    pub(crate) fn queues(&self, messages: usize) -> Vec<QueueView> {
        if self.broken.is_some() { Vec::new() } else { self.world.queues(messages) }
    }
}

/// What a served world is asked beside calls.
#[cfg(feature = "server")]
impl State {
    /// Makes the world anew: no queues, the ids from their first one. Calls that wait are told of a failure, which clients retry.
    fn reset(&mut self) {
        // An oracle of one's own can't be made anew; it goes on where it is.
        let oracle = std::mem::replace(&mut self.oracle, Box::new(Calm));
        let (numbers, desk, faults) = (Arc::clone(&self.numbers), Arc::clone(&self.desk), self.faults.clone());
        let store = self.store.clone();
        desk.clear();
        store.clear();
        *self = Self::new(&self.recipe, self.custom_oracle.then_some(oracle), numbers, (desk, store), faults);
    }

    /// The seed of everything that is drawn.
    pub(crate) fn seed(&self) -> u64 {
        self.recipe.seed
    }

    /// Answers all calls that wait as if their time were over.
    pub(crate) fn end_waits(&mut self, now: Timestamp) {
        if self.broken.is_none() {
            let Step { answer: (), events, effects, wake_at } = self.world.end_waits();
            self.settle(now, events, effects, wake_at);
        }
    }

    /// The topics with their subscriptions as they are at `now`; none while the world is broken.
    pub(crate) fn topics(&self, now: Timestamp) -> Vec<TopicView> {
        if self.broken.is_some() { Vec::new() } else { self.world.topics(now) }
    }

    /// The streams with what is on them as they are at `now`; none while the world is broken.
    pub(crate) fn streams(&self, now: Timestamp) -> Vec<StreamView> {
        if self.broken.is_some() { Vec::new() } else { self.world.streams(now) }
    }

    /// Calls that wait, and when something is due next as far as they are concerned.
    pub(crate) fn waits(&self) -> (usize, Option<Timestamp>) {
        (self.waiting.len() + self.streams.len(), self.wake_at)
    }
}
