//! Numbers and bytes that look random and are the same in each run, and changes made with them.

/// SplitMix64.
#[derive(Clone)]
pub struct Random(u64);

impl Random {
    /// Those that belong to a text.
    pub fn of(text: &str) -> Random {
        // FNV-1a.
        let mixed = |state: u64, byte: u8| (state ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3);
        Random(text.bytes().fold(0xcbf2_9ce4_8422_2325, mixed))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below this one.
    pub fn below(&mut self, end: usize) -> usize {
        (self.next() >> 16) as usize % end.max(1)
    }

    pub fn yes(&mut self) -> bool {
        self.below(2) == 1
    }

    pub fn byte(&mut self) -> u8 {
        self.below(256) as u8
    }

    pub fn bytes(&mut self, length: usize) -> Vec<u8> {
        (0..length).map(|_| self.byte()).collect()
    }

    /// The same bytes with one bit inverted.
    pub fn flip(&mut self, mut bytes: Vec<u8>) -> Vec<u8> {
        let at = self.below(bytes.len());
        let bit = self.below(8);
        if let Some(byte) = bytes.get_mut(at) {
            *byte ^= 1 << bit;
        }
        bytes
    }

    /// The same bytes with one or two small changes, of any kind.
    pub fn mangle(&mut self, mut bytes: Vec<u8>) -> Vec<u8> {
        for _ in 0..=self.below(2) {
            let (at, to) = (self.below(bytes.len()), self.below(bytes.len()));
            let (least, most) = (at.min(to), at.max(to));
            match self.below(8) {
                _ if bytes.is_empty() => bytes.push(self.byte()),
                0..=2 => bytes = self.flip(bytes),
                3 => bytes[at] = self.byte(),
                4 => bytes.insert(at, self.byte()),
                5 => {
                    bytes.remove(at);
                }
                6 => bytes.swap(at, to),
                // A part is there twice, or is lost, or the end is.
                _ => match self.below(3) {
                    0 => bytes = [&bytes[..most], &bytes[least..]].concat(),
                    1 => drop(bytes.drain(least..most)),
                    _ => bytes.truncate(at),
                },
            }
        }
        bytes
    }
}
