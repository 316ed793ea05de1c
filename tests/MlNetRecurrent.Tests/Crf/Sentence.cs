namespace MlNetRecurrent.Tests.Crf;

/// <summary>Words with tags in BIO. The first word of a span tells its type, which the words "n" after it do not.</summary>
internal sealed class Sentence
{
    public string[] Tokens { get; set; } = [];

    public string[] Tags { get; set; } = [];

    public float Weight { get; set; } = 1;

    /// <summary>Whether there is a tag of type B.</summary>
    public bool HasB { get; set; }

    /// <summary>Whether the words belong to a span.</summary>
    public bool[] Inside { get; set; } = [];

    public static Sentence[] Generate(int count, int seed = 1)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            List<string> tokens = [], tags = [];
            for (int part = random.Next(1, 5); part > 0; part--)
            {
                string type = random.Next(2) == 0 ? "A" : "B";
                for (int outside = random.Next(4); outside > 0; outside--)
                    Add("o", "O");
                Add(type.ToLowerInvariant(), $"B-{type}");
                for (int inside = random.Next(3); inside > 0; inside--)
                    Add("n", $"I-{type}");
            }
            return new Sentence
            {
                Tokens = [.. tokens],
                Tags = [.. tags],
                Weight = 1 + random.Next(3),
                HasB = tags.Contains("B-B"),
                Inside = [.. tags.Select(tag => tag != "O")],
            };

            void Add(string token, string tag)
            {
                tokens.Add(token);
                tags.Add(tag);
            }
        })];
    }
}
