namespace NameTagger;

/// <summary>Makes sentences of templates, with the tag of each word.</summary>
public static class Sentences
{
    // Neighbours in the file are alike, so it is shuffled before it is parted.
    private static readonly string[] _templates =
        Shuffled(File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "templates.txt")), seed: 3);

    private static readonly string[] _joints = ["and", "but", "so", "or"];

    public static TaggerModel.ModelInput[] ForTraining { get; } = Make(forTests: false, count: 4000, seed: 1);

    /// <summary>Of templates and names that the training sentences do not have.</summary>
    public static TaggerModel.ModelInput[] ForTests { get; } = Make(forTests: true, count: 1000, seed: 2);

    private static TaggerModel.ModelInput[] Make(bool forTests, int count, int seed)
    {
        var random = new Random(seed);
        Dictionary<string, Slot> slots = Words.Slots(forTests, _templates);
        string[] templates = [.. _templates.Where((_, i) => i % 4 == 3 == forTests)];
        return [.. Enumerable.Range(0, count).Select(_ => Sentence([.. Compose()]))];

        // Every other sentence is made of two templates.
        IEnumerable<(string Word, string Tag)> Compose() =>
            random.Next(2) == 0 ? Fill(Draw(templates)) : [.. Fill(Draw(templates)), (Draw(_joints), Tags.Other), .. Fill(Draw(templates))];

        IEnumerable<(string Word, string Tag)> Fill(string template) =>
            Words.Split(template).SelectMany(words => Word(Draw(words.Split('|'))));

        IEnumerable<(string Word, string Tag)> Word(string word) =>
            slots.TryGetValue(word, out Slot? slot) ? slot.Draw(random) : [(word, Tags.Other)];

        string Draw(string[] words) => words[random.Next(words.Length)];
    }

    private static TaggerModel.ModelInput Sentence((string Word, string Tag)[] words) =>
        new() { Sentence = string.Join(' ', words.Select(word => word.Word)), Tags = string.Join(' ', words.Select(word => word.Tag)) };

    private static string[] Shuffled(string[] lines, int seed)
    {
        new Random(seed).Shuffle(lines);
        return lines;
    }
}
