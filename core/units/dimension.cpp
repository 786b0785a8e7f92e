#include "core/units/dimension.hpp"

#include <algorithm>
#include <array>

namespace poultice::core {
namespace {

constexpr std::array dimensions{
    Dimension{"1", "pure number", "0.5"},
    Dimension{"m", "length", "50 um"},
    Dimension{"m^2", "area", "10.5 cm^2"},
    Dimension{"m^3", "volume", "5 mL"},
    Dimension{"s", "time", "72 h"},
    Dimension{"kg", "mass", "4.2 mg"},
    Dimension{"mol", "amount", "12.5 umol"},
    Dimension{"K", "temperature", "32 degC"},
    Dimension{"A", "electric current", "0.5 mA"},
    Dimension{"cell", "number of cells", "1e6 cell"},

    Dimension{"1/s", "rate constant", "0.1 1/h"},
    Dimension{"1/m", "inverse length", "100 1/cm"},
    Dimension{"1/m^2", "number per area", "300 1/mm^2"},
    Dimension{"1/m^3", "number density", "1e6 1/mL"},
    Dimension{"1/K", "temperature coefficient", "0.03 1/K"},
    Dimension{"m/s", "velocity", "1e-3 cm/h"},
    Dimension{"m/s^2", "acceleration", "9.81 m/s^2"},
    Dimension{"m^2/s", "diffusivity", "2e-9 cm^2/s"},
    Dimension{"m^3/s", "volume flow", "50 L/h"},
    Dimension{"s/m", "diffusive resistance", "1e5 s/cm"},

    Dimension{"kg/mol", "molar mass", "336.5 g/mol"},
    Dimension{"m^3/mol", "molar volume", "300 cm^3/mol"},
    Dimension{"kg/s", "mass flow", "25 ug/h"},
    Dimension{"mol/s", "amount flow", "75 nmol/h"},
    Dimension{"kg/m^2", "mass per area", "0.4 mg/cm^2"},
    Dimension{"mol/m^2", "amount per area", "1 umol/cm^2"},
    Dimension{"kg/m^3", "mass concentration", "1 ng/mL"},
    Dimension{"mol/m^3", "amount concentration", "3 nM"},
    Dimension{"kg/m^2/s", "mass flux", "2.5 ug/cm^2/h"},
    Dimension{"mol/m^2/s", "amount flux", "7 nmol/cm^2/h"},
    Dimension{"kg/m^3/s", "mass rate per volume", "1 ng/mL/h"},
    Dimension{"mol/m^3/s", "amount rate per volume", "1 nM/s"},
    Dimension{"kg*s/m^3", "mass concentration times time", "30 ng*h/mL"},
    Dimension{"mol*s/m^3", "amount concentration times time", "90 nM*h"},
    Dimension{"m^3/kg", "volume per mass", "4 L/kg"},
    Dimension{"m^3/s/kg", "volume flow per mass", "0.6 L/h/kg"},
    Dimension{"m^3/mol/s", "second-order rate constant", "1e5 1/M/s"},
    Dimension{"mol/kg", "amount per mass", "5 nmol/g"},

    Dimension{"cell/m^2", "cells per area", "5000 cell/cm^2"},
    Dimension{"cell/m^3", "cell concentration", "1e6 cell/mL"},
    Dimension{"cell/s", "cell flow", "1000 cell/h"},
    Dimension{"mol/cell", "amount per cell", "1e-18 mol/cell"},
    Dimension{"mol/cell/s", "amount flow per cell", "1e-21 mol/cell/s"},

    Dimension{"Pa", "pressure", "20 mmHg"},
    Dimension{"Pa*s", "viscosity", "1 mPa*s"},
    Dimension{"N", "force", "5 N"},
    Dimension{"N/m", "surface tension", "50 mN/m"},
    Dimension{"J", "energy", "1 kJ"},
    Dimension{"W", "power", "5 W"},
    Dimension{"J/mol", "molar energy", "50 kJ/mol"},
    Dimension{"J/mol/K", "molar heat capacity", "8.314 J/mol/K"},
    Dimension{"J/kg/K", "specific heat capacity", "3500 J/kg/K"},
    Dimension{"W/m/K", "thermal conductivity", "0.3 W/m/K"},
    Dimension{"W/m^2/K", "heat transfer coefficient", "10 W/m^2/K"},
    Dimension{"V", "voltage", "5 V"},
    Dimension{"C", "electric charge", "1 mC"},
    Dimension{"ohm", "electric resistance", "1 kohm"},
    Dimension{"S", "electric conductance", "1 mS"},
    Dimension{"S/m", "electric conductivity", "0.3 S/m"},
    Dimension{"F", "capacitance", "1 uF"},
    Dimension{"V/m", "electric field", "100 V/m"},
    Dimension{"A/m^2", "current density", "0.5 mA/cm^2"},
};

}  // namespace

std::span<const Dimension> named_dimensions() { return dimensions; }

const Dimension* find_dimension(std::string_view si) {
  const auto found = std::ranges::find(dimensions, si, &Dimension::si);
  return found == dimensions.end() ? nullptr : &*found;
}

std::string with_article(std::string_view noun) {
  const bool vowel = !noun.empty() && std::string_view("aeio").find(noun.front()) != std::string_view::npos;
  return (vowel ? "an " : "a ") + std::string(noun);
}

}  // namespace poultice::core
