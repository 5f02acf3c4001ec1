//! `keshia-relay shop …`.

use clap::Subcommand;
use relay_wire::paths;

use super::pairing_line::show;
use super::{Place, said};
use crate::log::{EventLog, Shop, Validation};

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// A new shop: its addresses for Safaricom, and the line that pairs its first counter.
    Add {
        /// What to call it.
        name: String,
        /// Refuse a payment to the paybill whose reference looks like Keshia's and is misspelt.
        #[arg(long)]
        check_reference: bool,
    },
    /// A new pairing line for a shop without a living counter. (A paired counter lets others in by itself.)
    Pair {
        /// The shop's id.
        shop: String,
    },
    /// All shops.
    List,
}

impl Command {
    pub(super) async fn run(self, place: &Place) -> Result<(), String> {
        let log = place.store.open().await.map_err(said)?;
        match self {
            Self::Add {
                name,
                check_reference,
            } => add(place, log.as_ref(), &name, check_reference).await,
            Self::Pair { shop } => {
                let shop = log
                    .shop(&shop)
                    .await
                    .map_err(said)?
                    .ok_or("there is no such shop")?;
                show(place.public()?, log.as_ref(), &shop.id).await
            }
            Self::List => list(log.as_ref()).await,
        }
    }
}

async fn add(place: &Place, log: &dyn EventLog, name: &str, check_reference: bool) -> Result<(), String> {
    let public = place.public()?;
    let name = name.trim();
    if name.is_empty() || name.chars().count() > 100 || name.chars().any(char::is_control) {
        return Err("a shop's name has 1 to 100 characters".into());
    }
    let id = format!("{:032x}", rand::random::<u128>());
    let hook = place.hook_key()?.hook(&id);
    let shop = Shop {
        id,
        name: name.to_owned(),
        hook: hook.hash(),
        key: None,
        validation: if check_reference {
            Validation::CheckReference
        } else {
            Validation::AcceptAll
        },
    };
    log.add_shop(&shop).await.map_err(said)?;
    let (confirmation, validation) = paths::c2b(public, hook.expose());
    println!("shop {}  {}\n", shop.id, shop.name);
    println!("Addresses for Safaricom. They are secrets: whoever knows them can post to the shop.");
    println!(
        "  results of prompts  {}/…",
        paths::stk_base(public, hook.expose())
    );
    println!("  C2B confirmation    {confirmation}");
    println!("  C2B validation      {validation}\n");
    show(public, log, &shop.id).await
}

async fn list(log: &dyn EventLog) -> Result<(), String> {
    for shop in log.shops().await.map_err(said)? {
        let counters = log.counters(&shop.id).await.map_err(said)?;
        let living = counters.iter().filter(|counter| !counter.revoked).count();
        let validation = match shop.validation {
            Validation::AcceptAll => "accepts all",
            Validation::CheckReference => "checks references",
        };
        println!("{}  {living:2} counters  {validation:17}  {}", shop.id, shop.name);
    }
    Ok(())
}
