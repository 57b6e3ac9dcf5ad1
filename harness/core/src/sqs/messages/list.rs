//! Lists threaded through the values of a slab: every operation takes constant time and no memory.

use super::slab::{NONE, Slab};

/// The neighbours of a value in a list.
#[derive(Debug, Clone, Copy)]
pub(super) struct Links {
    before: u32,
    after: u32,
}

impl Links {
    /// In no list.
    pub(super) const NONE: Self = Self { before: NONE, after: NONE };
}

/// A value that can be in the lists of kind `K`.
pub(super) trait Linked<K> {
    /// Its neighbours.
    fn links(&self) -> &Links;
    /// Its neighbours, to be changed.
    fn links_mut(&mut self) -> &mut Links;
}

/// A list of values of one slab.
#[derive(Debug, Clone, Copy)]
pub(super) struct List {
    first: u32,
    last: u32,
}

impl List {
    /// No members.
    pub(super) const EMPTY: Self = Self { first: NONE, last: NONE };

    /// The first member.
    pub(super) fn first(self) -> Option<u32> {
        (self.first != NONE).then_some(self.first)
    }

    /// The last member.
    pub(super) fn last(self) -> Option<u32> {
        (self.last != NONE).then_some(self.last)
    }

    /// The member after `place`.
    pub(super) fn after<K, T: Linked<K>>(slab: &Slab<T>, place: u32) -> Option<u32> {
        let after = slab.at(place).links().after;
        (after != NONE).then_some(after)
    }

    /// Adds a value that is in no list of this kind.
    pub(super) fn push<K, T: Linked<K>>(&mut self, slab: &mut Slab<T>, place: u32) {
        *slab.at_mut(place).links_mut() = Links { before: self.last, after: NONE };
        match self.last {
            NONE => self.first = place,
            last => slab.at_mut(last).links_mut().after = place,
        }
        self.last = place;
    }

    /// Takes out a member.
    pub(super) fn remove<K, T: Linked<K>>(&mut self, slab: &mut Slab<T>, place: u32) {
        let Links { before, after } = std::mem::replace(slab.at_mut(place).links_mut(), Links::NONE);
        match before {
            NONE => self.first = after,
            before => slab.at_mut(before).links_mut().after = after,
        }
        match after {
            NONE => self.last = before,
            after => slab.at_mut(after).links_mut().before = before,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Linked, Links, List, Slab};

    struct Item(Links);
    struct Only;

    impl Linked<Only> for Item {
        fn links(&self) -> &Links {
            &self.0
        }

        fn links_mut(&mut self) -> &mut Links {
            &mut self.0
        }
    }

    #[test]
    fn members_leave_from_anywhere_and_order_stays() {
        let mut slab = Slab::new();
        let mut list = List::EMPTY;
        for _ in 0..5 {
            let place = slab.insert(Item(Links::NONE));
            list.push(&mut slab, place);
        }
        for gone in [2, 0, 4] {
            list.remove(&mut slab, gone);
        }
        list.push(&mut slab, 0);
        let order: Vec<u32> = std::iter::successors(list.first(), |&place| List::after(&slab, place)).collect();
        assert_eq!((order, list.last()), (vec![1, 3, 0], Some(0)));
    }
}
