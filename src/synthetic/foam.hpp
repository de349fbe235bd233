#pragma once

namespace matfit {

// How a layer answers uniform compression by the share e of its thickness.
enum class FoamLaw {
  // Polyurethane foam (Avalle, Belingardi & Ibba, Int J Impact Eng 2007 34:3): its cells buckle on
  // a plateau, then close: p = A (1 - exp(-E e / A)) + B (e / (1 - e))^n
  closing,
  // Latex, which has next to no plateau: p = E e (1 - e)^-n
  progressive,
  // Springs in pockets: a preload, a straight line, coils that bind at the end:
  // p = A (1 - exp(-e / 0.03)) + E e + B (e / (1 - e))^n
  springs,
};

struct Foam {
  FoamLaw law = FoamLaw::closing;
  double plateau_pa = 2500.0;     // A
  double modulus_pa = 14000.0;    // E
  double closing_pa = 1500.0;     // B
  double closing_exponent = 1.4;  // n
};

// Shares up to 0.98; 0 at no compression.
double pressure_pa(const Foam& foam, double compressed_share);

}  // namespace matfit
