// JavaScript writes the shortest text of a number; printf and strtod would add a tenth to the file.
#include <emscripten.h>

#include "init_lab/base/catalogue.hpp"

namespace init_lab {

namespace {

EM_JS(void, init_lab_number_text, (double value, char* target, int size),
      { stringToUTF8(String(value), target, size); });

}  // namespace

std::string show_number(double value) {
  char text[40];
  init_lab_number_text(value, text, sizeof text);
  return text;
}

}  // namespace init_lab
