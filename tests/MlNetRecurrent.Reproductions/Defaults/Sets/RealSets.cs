using System.Globalization;
using Microsoft.ML;
using MlNetRecurrent.Reproductions.Bikes;
using MlNetRecurrent.Reproductions.Digits;
using MlNetRecurrent.Reproductions.Running;
using MlNetRecurrent.Reproductions.Tagging;

namespace MlNetRecurrent.Reproductions.Defaults.Sets;

/// <summary>The sets that are read from files.</summary>
internal sealed class RealSets(DataFolder data)
{
    private static readonly char[] _betweenWords = [.. " \t.,;:!?\"()[]{}=*'-/"];

    public SuiteSet Vowels() =>
        new("vowels", SuiteTask.Multiclass, 12, _ => new(Series("ts-japanese-vowels", "train"), Series("ts-japanese-vowels", "test")));

    public SuiteSet Gunpoint() =>
        new("gunpoint", SuiteTask.Binary, 1, _ => new(Series("ts-gunpoint", "train"), Series("ts-gunpoint", "test")));

    /// <summary>The thousand sentences of a file, 800 to learn from.</summary>
    public SuiteSet Sentences(string shop) => new($"{shop} sentences", SuiteTask.Binary, 0, seed =>
    {
        IEnumerable<string[]> lines = Lines("text-uci-sentiment", $"{shop}_cells_labelled.txt", $"{shop}_labelled.txt");
        return SuiteSplit.AtRandom([.. lines.Select(parts => Text(parts[0], parts[1]))], 800, seed);
    });

    public SuiteSet Detox() => new("detox", SuiteTask.Binary, 0, seed => SuiteSplit.AtRandom(
        [.. Lines("text-wiki-detox", "wikipedia-detox-250-line-data.tsv").Skip(1).Select(parts => Text(parts[1], parts[0]))], 170, seed));

    /// <summary>Spoken digits, of which every n-th recording is learned from.</summary>
    public SuiteSet Digits(int percent) => new($"digits {percent}%", SuiteTask.Multiclass, SpokenDigit.Bands, seed =>
    {
        SpokenDigit[] digits = SpokenDigit.Read(data.Of("speech-fsdd"));
        Example[] training = [.. digits.Where(digit => digit.Number >= 5).Select(Digit)];
        Example[] test = [.. digits.Where(digit => digit.Number < 5).Select(Digit)];
        return new(SuiteSplit.AtRandom(training, training.Length * percent / 100, seed).Training, test);
    });

    public SuiteSet Bikes() => new("bikes", SuiteTask.Regression, BikeWindow.FeaturesOfAnHour, _ =>
    {
        BikeSplit split = BikeSplit.Read(new MLContext(), data.Of("fc-bike-sharing"), validate: false);
        return new([.. split.Windows.Training.Select(Bike)], [.. split.Windows.Test.Select(Bike)]);
    })
    { IsInOrderOfTime = true };

    /// <summary>The oil temperature of a transformer in the next hour, from 24 hours of it and of six loads.</summary>
    public SuiteSet OilTemperature() => new("oil temperature", SuiteTask.Regression, 7, _ =>
    {
        IEnumerable<string[]> rows = Lines("fc-etth2", "ETTh2.csv").Skip(1).Select(parts => parts[0].Split(','));
        float[][] hours = [.. rows.Select(row => row[1..].Select(Number).ToArray())];
        return new([.. Windows(hours, 24, 0, 4000)], [.. Windows(hours, 24, 4000, 6000)]);
    })
    { IsInOrderOfTime = true };

    /// <summary>The parts of speech of so many sentences.</summary>
    public SuiteSet PartsOfSpeech(int sentences) => new($"parts of speech, {sentences} sentences", SuiteTask.Tagging, 0, seed =>
        new(SuiteSplit.AtRandom(Tagged("pos-ud-ewt", "train.txt"), sentences, seed).Training, Tagged("pos-ud-ewt", "dev.txt")));

    public SuiteSet Names() => new(
        "names", SuiteTask.Tagging, 0, _ => new(Tagged("ner-wnut17", "train.conll"), Tagged("ner-wnut17", "dev.conll")))
    {
        OutsideTag = "O",
    };

    private Example[] Tagged(string folder, string file)
    {
        IEnumerable<TaggedSentence> sentences = TaggedSentence.Read(Path.Combine(data.Of(folder), file));
        return [.. sentences.Select(sentence => new Example { Words = sentence.Words, Tags = sentence.Tags })];
    }

    private Example[] Series(string folder, string part) => [.. Lines(folder, $"{part}.tsv").Select(parts => new Example
    {
        Class = parts[0],
        Features = [.. parts[1].Split(';', ',').Select(Number)],
    })];

    private IEnumerable<string[]> Lines(string folder, params string[] files)
    {
        string path = files.Select(file => Path.Combine(data.Of(folder), file)).First(File.Exists);
        return File.ReadLines(path).Select(line => line.Split('\t'));
    }

    private static Example Text(string text, string label) => new()
    {
        Words = text.ToLowerInvariant().Split(_betweenWords, StringSplitOptions.RemoveEmptyEntries),
        Class = label,
    };

    private static Example Digit(SpokenDigit digit) => new() { Class = digit.Label, Features = digit.Features };

    private static Example Bike(BikeWindow window) => new() { Value = window.Label, Features = window.Features };

    private static IEnumerable<Example> Windows(float[][] steps, int length, int first, int end)
    {
        for (int next = Math.Max(first, length); next < end; next++)
            yield return new() { Features = [.. steps[(next - length)..next].SelectMany(step => step)], Value = steps[next][^1] };
    }

    private static float Number(string text) => float.Parse(text, CultureInfo.InvariantCulture);
}
