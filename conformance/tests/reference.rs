//! Every spec of this project holds on the reference, each as a test of its own name.

redeliver_conformance::main!(specs = specs::all(), target = target::reference());
