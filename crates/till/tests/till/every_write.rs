//! The power goes at every database write of one sale in turn, once just before the commit and once just after
//! it, and again at every write of what follows. The next start must find its way from what is on the disk.

mod check;
mod desk;
mod plans;
mod power;

use desk::Desk;
use plans::{PLANS, Plan};
use power::Crash;

/// Serves the sale from its first key to its end; the power goes where `crashes` says, once a life.
fn evening(plan: &'static Plan, crashes: &[Crash]) -> Desk {
    let mut desk = Desk::open(plan, crashes.first().copied());
    for life in 1.. {
        match desk.serve() {
            Ok(()) => break,
            Err(_dark) => desk.start_again(crashes.get(life).copied()),
        }
    }
    desk.check(&format!("{} with {crashes:?}", plan.name));
    desk
}

#[test]
fn the_power_goes_at_every_write_of_every_kind_of_sale() {
    for plan in PLANS {
        let whole = evening(plan, &[]);
        let writes = whole.writes();
        assert!(writes >= plan.least_writes, "{}: {writes} writes", plan.name);
        for first in Crash::everywhere(writes) {
            let once = evening(plan, &[first]);
            assert_eq!(once.lives(), 2, "{}: the power went at {first:?}", plan.name);
            for second in Crash::everywhere(once.writes()) {
                evening(plan, &[first, second]);
            }
        }
    }
}
