namespace SpokenDigits.Speech;

/// <summary>
/// Resonates at one frequency: y = a x + b y₋₁ + c y₋₂ (Klatt, "Software for a cascade/parallel formant synthesizer", 1980).
/// </summary>
public sealed class Resonator
{
    private double _a, _b, _c, _last, _before;

    /// <summary>Sets the frequency and the bandwidth, in Hz.</summary>
    public void Tune(double frequency, double bandwidth)
    {
        double r = Math.Exp(-Math.PI * bandwidth / Synthesiser.SamplingRate);
        _c = -r * r;
        _b = 2 * r * Math.Cos(2 * Math.PI * Math.Min(frequency, 0.48 * Synthesiser.SamplingRate) / Synthesiser.SamplingRate);
        _a = 1 - _b - _c;
    }

    public double Next(double x)
    {
        double y = _a * x + _b * _last + _c * _before;
        (_before, _last) = (_last, y);
        return y;
    }
}
