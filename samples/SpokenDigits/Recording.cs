using NWaves.Audio;
using NWaves.Signals;
using SpokenDigits.Speech;

namespace SpokenDigits;

/// <summary>A digit that was spoken: its samples, 8000 a second.</summary>
public sealed record Recording(int Digit, string Speaker, int Index, float[] Samples)
{
    /// <summary>Those of index 0 to 4 are the test, as those who recorded the free spoken digit dataset wanted it.</summary>
    public bool IsTest => Index <= 4;

    private string FileName => $"{Digit}_{Speaker}_{Index}.wav";

    /// <summary>Speakers who say each digit several times, each time with other noise.</summary>
    public static Recording[] Synthesise(string name, int speakers, Range indices, int seed)
    {
        var random = new Random(seed);
        return
        [
            .. from speaker in Enumerable.Range(1, speakers).Select(i => Speech.Speaker.Draw($"{name}{i}", random)).ToArray()
               from digit in Enumerable.Range(0, Pronunciation.OfDigits.Length)
               from index in Enumerable.Range(indices.Start.Value, indices.End.Value - indices.Start.Value)
               let word = new Synthesiser(speaker, random).Speak(Pronunciation.OfDigits[digit])
               select new Recording(digit, speaker.Name, index, Background.Around(word, decibels: 15 * random.NextDouble() - 5, random)),
        ];
    }

    /// <summary>The files of a folder that are called <c>digit_speaker_index.wav</c>.</summary>
    public static Recording[] Read(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*.wav").Order(StringComparer.Ordinal).Select(ReadFile)];

    /// <summary>The samples of a WAV file, 8000 a second.</summary>
    public static float[] ReadSamples(string path)
    {
        using FileStream file = File.OpenRead(path);
        DiscreteSignal signal = new WaveFile(file).Signals[0];
        return signal.SamplingRate == Synthesiser.SamplingRate
            ? signal.Samples
            : throw new InvalidDataException($"{path}: {signal.SamplingRate} samples a second rather than {Synthesiser.SamplingRate}.");
    }

    /// <summary>Writes files that <see cref="Read"/> reads, and whoever wants to can hear, and a list of those to learn from.</summary>
    public static void Save(IReadOnlyCollection<Recording> recordings, string folder)
    {
        Directory.CreateDirectory(folder);
        foreach (Recording recording in recordings)
            recording.Save(folder);
        IEnumerable<string> lines = recordings.Where(recording => !recording.IsTest)
            .Select(recording => $"{recording.FileName}{DigitModel.RetrainSeparatorChar}{recording.Digit}");
        File.WriteAllLines(Path.Combine(folder, DigitModel.RetrainFilePath), lines.Prepend($"file{DigitModel.RetrainSeparatorChar}digit"));
    }

    private void Save(string folder)
    {
        using FileStream file = File.Create(Path.Combine(folder, FileName));
        new WaveFile(new DiscreteSignal(Synthesiser.SamplingRate, Samples)).SaveTo(file);
    }

    private static Recording ReadFile(string path)
    {
        string[] parts = Path.GetFileNameWithoutExtension(path).Split('_');
        if (parts.Length != 3 || !int.TryParse(parts[0], out int digit) || !int.TryParse(parts[2], out int index))
            throw new InvalidDataException($"{path}: a file is called digit_speaker_index.wav.");
        return new(digit, parts[1], index, ReadSamples(path));
    }
}
