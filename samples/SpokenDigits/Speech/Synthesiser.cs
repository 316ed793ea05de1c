namespace SpokenDigits.Speech;

/// <summary>Speaks: pulses and noise go through resonators that follow the sounds of a word.</summary>
public sealed class Synthesiser(Speaker speaker, Random random)
{
    /// <summary>Samples a second.</summary>
    public const int SamplingRate = 8000;

    /// <summary>Samples between two movements of the mouth.</summary>
    private const int Step = 16;

    private static readonly double[] _bandwidths = [70, 100, 160];

    private readonly Resonator[] _formants = [new(), new(), new()];
    private readonly Resonator _throat = new(), _hiss = new();

    // Where mouth and cords are; they come from silence, and move towards each sound.
    private readonly double[] _frequencies = [500, 1500, 2500];
    private double _voice, _noise, _hissFrequency = 3000, _phase, _lastPulse;

    /// <summary>A word, as samples of about -1 to 1.</summary>
    public float[] Speak(Sound[] word)
    {
        _throat.Tune(0, 150);
        var samples = new List<float>();
        double pitch = speaker.Pitch * Speaker.Around(random, 0.1), speed = speaker.Speed * Speaker.Around(random, 0.15);
        // The end is a silence in which the voice dies away.
        foreach (Sound sound in word.Append(Sound.Silence(40)))
        {
            int steps = (int)(sound.Milliseconds / speed * Speaker.Around(random, 0.2) * SamplingRate / 1000 / Step);
            for (int i = 0; i < steps; i++)
            {
                MoveTowards(sound);
                pitch *= 0.9985;
                for (int j = 0; j < Step; j++)
                    samples.Add((float)Next(pitch));
            }
        }
        return [.. samples];
    }

    private void MoveTowards(Sound sound)
    {
        // Cords and lips are fast, the tongue is slow.
        const double fast = 0.25, slow = 0.08;
        for (int i = 0; i < _formants.Length; i++)
        {
            _frequencies[i] += slow * (sound.Formants[i] * speaker.Tract * speaker.Accent[i] - _frequencies[i]);
            _formants[i].Tune(_frequencies[i], _bandwidths[i]);
        }
        _voice += fast * (sound.Voice - _voice);
        _noise += fast * (sound.Noise - _noise);
        _hissFrequency += fast * (sound.NoiseFrequency - _hissFrequency);
        _hiss.Tune(_hissFrequency, 900);
    }

    private double Next(double pitch)
    {
        _phase += pitch / SamplingRate;
        double pulse = 0;
        if (_phase >= 1)
        {
            // No voice is quite regular.
            _phase -= Speaker.Around(random, 0.02);
            pulse = 1;
        }
        double air = 2 * random.NextDouble() - 1, flow = _throat.Next(1500 * pulse) + speaker.Breath * air;
        double voiced = _voice * (flow - _lastPulse);
        _lastPulse = flow;
        foreach (Resonator formant in _formants)
            voiced = formant.Next(voiced);
        return voiced + _hiss.Next(_noise * air);
    }
}
