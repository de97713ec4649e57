//! Only the hash, on all cores: the reference for logins and sign-ups.

use std::num::NonZero;
use std::thread;
use std::time::{Duration, Instant};

use argon2::{Algorithm, Argon2, Block, Params, Version};

use super::people::PASSWORD;

/// How many threads can run at once.
pub fn cores() -> usize {
    thread::available_parallelism().map_or(1, NonZero::get)
}

/// Hashes a second, in memory that is reused.
pub fn rate(lasting: Duration) -> f64 {
    let one = || {
        let params = Params::new(19_456, 2, 1, Some(32)).unwrap();
        let mut blocks = vec![Block::default(); params.block_count()];
        let argon2 = Argon2::new(Algorithm::Argon2id, Version::default(), params);
        let (begun, mut done, mut output) = (Instant::now(), 0_u32, [0; 32]);
        while begun.elapsed() < lasting {
            let salt = [done as u8; 16];
            argon2
                .hash_password_into_with_memory(PASSWORD.as_bytes(), &salt, &mut output, &mut blocks)
                .unwrap();
            done += 1;
        }
        f64::from(done) / begun.elapsed().as_secs_f64()
    };
    thread::scope(|scope| {
        let threads: Vec<_> = (0..cores()).map(|_| scope.spawn(one)).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).sum()
    })
}
