//! Groups of messages by name.

use std::hash::BuildHasher;

use hashbrown::HashTable;
use rustc_hash::FxBuildHasher;

use super::slab::Slab;

/// A value that has a name.
pub(super) trait Named {
    /// Its name.
    fn name(&self) -> &str;
}

/// Places of the values of a slab by their names, which stay with the values: so a look-up touches little memory.
#[derive(Debug, Default)]
pub(super) struct Names {
    places: HashTable<u32>,
}

impl Names {
    /// Place of the value of this name.
    pub(super) fn find<T: Named>(&self, slab: &Slab<T>, name: &str) -> Option<u32> {
        self.places.find(hash(name), |&place| slab.at(place).name() == name).copied()
    }

    /// Adds a value of the slab whose name is not there yet.
    pub(super) fn insert<T: Named>(&mut self, slab: &Slab<T>, place: u32) {
        self.places.insert_unique(hash(slab.at(place).name()), place, |&place| hash(slab.at(place).name()));
    }

    /// Takes out the value of this name, which is at `place`.
    pub(super) fn remove(&mut self, name: &str, place: u32) {
        let entry = self.places.find_entry(hash(name), |&other| other == place);
        entry.expect("every name is here until it is taken out").remove();
    }
}

fn hash(name: &str) -> u64 {
    FxBuildHasher.hash_one(name)
}

#[cfg(test)]
mod tests {
    use super::{Named, Names, Slab};

    impl Named for String {
        fn name(&self) -> &str {
            self
        }
    }

    #[test]
    fn values_are_found_until_they_are_taken_out() {
        let (mut names, mut slab) = (Names::default(), Slab::new());
        let names_of = |numbers: std::ops::Range<u32>| numbers.map(|number| number.to_string());
        for name in names_of(0..1_000) {
            assert_eq!(names.find(&slab, &name), None);
            let place = slab.insert(name);
            names.insert(&slab, place);
        }
        for name in names_of(0..500) {
            let place = names.find(&slab, &name).unwrap();
            names.remove(&name, place);
            assert_eq!(slab.remove(place), name);
        }
        let found: Vec<String> =
            names_of(0..1_000).filter_map(|name| Some(slab.at(names.find(&slab, &name)?).clone())).collect();
        assert_eq!(found, names_of(500..1_000).collect::<Vec<_>>());
    }
}
