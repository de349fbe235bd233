#pragma once

#include "types/mat_certificate.hpp"

#include <string>

namespace matfit {

// The evidence behind a mat's profile, schema "matfit-mat-certificate" version 1. Pressures in
// mmHg, shares of the range in per cent.
std::string certificate_json(const MatCertificate& certificate);

// The same as one page that needs nothing from a network.
std::string certificate_page(const MatCertificate& certificate, const std::string& version);

}  // namespace matfit
