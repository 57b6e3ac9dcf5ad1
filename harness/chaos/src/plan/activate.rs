//! Which rules of a plan are switched on in a run: the first of two draws, the second is made at each site.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

use super::{Plan, Swarm};

/// Sets these streams apart from others of the same seed.
const PURPOSE: u64 = 0x6163_7469_7661_7465;

impl Plan {
    /// For each rule, whether a run of this seed has it. Under [`Plan::swarm`] never none.
    ///
    /// Rules draw from streams of their own, named by rule and occurrence, so that a rule that is added shifts no other.
    pub fn activate(&self, seed: u64) -> Vec<bool> {
        let mut random: Vec<_> = (0..self.rules.len()).map(|index| self.stream(seed, index)).collect();
        let mut active: Vec<_> =
            self.rules.iter().zip(&mut random).map(|(rule, random)| chance(random) < rule.active).collect();
        if let Swarm::On(share) = self.swarm {
            let draws: Vec<_> = random.iter_mut().map(chance).collect();
            let candidates: Vec<_> = (0..active.len()).filter(|&index| active[index]).collect();
            let luckiest = candidates.iter().copied().min_by(|a, b| draws[*a].total_cmp(&draws[*b]));
            for index in candidates {
                active[index] = draws[index] < share || Some(index) == luckiest;
            }
        }
        active
    }

    fn stream(&self, seed: u64, index: usize) -> ChaCha8Rng {
        let name = &self.rules[index].rule;
        let nth = self.rules[..index].iter().filter(|rule| rule.rule == *name).count();
        let mut random = ChaCha8Rng::seed_from_u64(seed ^ PURPOSE);
        random.set_stream(hash(name).wrapping_add(nth as u64));
        random
    }
}

/// A number from 0 up to 1.
fn chance(random: &mut ChaCha8Rng) -> f64 {
    f64::from(random.next_u32()) / (f64::from(u32::MAX) + 1.0)
}

/// FNV-1a: the same on every machine and in every version.
fn hash(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}
