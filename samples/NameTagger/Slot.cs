namespace NameTagger;

/// <summary>A slot of the templates, such as {person}: its tag, and the words that can stand there.</summary>
/// <param name="Tag">The tag of the words: O for those that are no names.</param>
/// <param name="Plain">Words of this place only, except a few that templates or lists share; tests have others than the training.</param>
/// <param name="Ambiguous">Words that stand in other places too, where they mean something else; training and tests share them.</param>
/// <param name="AmbiguousPart">How often one of the ambiguous words is taken.</param>
public sealed record Slot(string Tag, string[] Plain, string[] Ambiguous, double AmbiguousPart)
{
    public string Draw(Random random)
    {
        string[] words = random.NextDouble() < AmbiguousPart ? Ambiguous : Plain;
        return words[random.Next(words.Length)];
    }
}
