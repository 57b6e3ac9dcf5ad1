//! Storage in chunks: grows without moving what is there, and reuses freed places.

/// Names no place.
pub(super) const NONE: u32 = u32::MAX;

const CHUNK_BITS: u32 = 12;
const CHUNK: usize = 1 << CHUNK_BITS;

/// Values at stable places that are numbered from 0.
#[derive(Debug)]
pub(super) struct Slab<T> {
    chunks: Vec<Vec<Option<T>>>,
    free: Vec<u32>,
    places: u32,
}

impl<T> Slab<T> {
    /// Nothing stored.
    pub(super) fn new() -> Self {
        Self { chunks: Vec::new(), free: Vec::new(), places: 0 }
    }

    /// Stores a value and gives its place.
    pub(super) fn insert(&mut self, value: T) -> u32 {
        if let Some(place) = self.free.pop() {
            *self.entry(place) = Some(value);
            return place;
        }
        let place = self.places;
        assert!(place != NONE, "a queue holds fewer than 2^32 - 1 messages");
        self.places += 1;
        if (place as usize).is_multiple_of(CHUNK) {
            // The first chunk grows by itself, so that small queues stay small.
            self.chunks.push(if place == 0 { Vec::new() } else { Vec::with_capacity(CHUNK) });
        }
        self.chunks[(place >> CHUNK_BITS) as usize].push(Some(value));
        place
    }

    /// Takes out the value at `place`.
    pub(super) fn remove(&mut self, place: u32) -> T {
        let value = self.entry(place).take().expect("a place in use");
        self.free.push(place);
        value
    }

    /// Drops the value at `place`.
    pub(super) fn clear(&mut self, place: u32) {
        let entry = self.entry(place);
        assert!(entry.is_some(), "a place in use");
        *entry = None;
        self.free.push(place);
    }

    /// The value at a place that may be out of use.
    pub(super) fn find(&self, place: u32) -> Option<&T> {
        self.chunks.get((place >> CHUNK_BITS) as usize)?.get(place as usize % CHUNK)?.as_ref()
    }

    /// The value at `place`.
    pub(super) fn at(&self, place: u32) -> &T {
        self.find(place).expect("a place in use")
    }

    /// The value at `place`, to be changed.
    pub(super) fn at_mut(&mut self, place: u32) -> &mut T {
        self.entry(place).as_mut().expect("a place in use")
    }

    /// The places in use, in order.
    pub(super) fn places(&self) -> impl Iterator<Item = u32> + '_ {
        (0..self.places).filter(|&place| self.find(place).is_some())
    }

    fn entry(&mut self, place: u32) -> &mut Option<T> {
        &mut self.chunks[(place >> CHUNK_BITS) as usize][place as usize % CHUNK]
    }
}

#[cfg(test)]
mod tests {
    use super::{CHUNK, Slab};

    #[test]
    fn places_are_stable_and_used_again() {
        let mut slab = Slab::new();
        let places: Vec<u32> = (0..3 * CHUNK).map(|value| slab.insert(value)).collect();
        assert_eq!(slab.remove(places[CHUNK]), CHUNK);
        assert_eq!(slab.find(places[CHUNK]), None);
        assert_eq!(slab.insert(7), places[CHUNK]);
        *slab.at_mut(places[1]) += 1;
        assert_eq!((*slab.at(places[CHUNK]), *slab.at(places[1]), *slab.at(places[2 * CHUNK])), (7, 2, 2 * CHUNK));
    }
}
