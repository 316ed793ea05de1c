namespace MlNetRecurrent.Reproductions.Tagging;

/// <summary>A sentence of the English Web Treebank: its words, and the part of speech of each.</summary>
internal sealed class TaggedSentence
{
    public string[] Words { get; set; } = [];

    public string[] Tags { get; set; } = [];

    /// <summary>The lines of a file: word, tab, part of speech, and more; an empty line ends a sentence.</summary>
    public static IEnumerable<TaggedSentence> Read(string path)
    {
        List<string> words = [], tags = [];
        foreach (string line in File.ReadLines(path).Append(""))
        {
            if (line.Length > 0)
            {
                string[] parts = line.Split('\t');
                words.Add(parts[0]);
                tags.Add(parts[1]);
            }
            else if (words.Count > 0)
            {
                yield return new TaggedSentence { Words = [.. words], Tags = [.. tags] };
                words.Clear();
                tags.Clear();
            }
        }
    }
}
