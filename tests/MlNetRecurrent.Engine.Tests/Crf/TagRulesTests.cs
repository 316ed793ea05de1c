using MlNetRecurrent.Engine.Heads;

namespace MlNetRecurrent.Engine.Tests.Crf;

/// <summary>Sequences of tags that BIO and BIOES allow.</summary>
public sealed class TagRulesTests
{
    private static readonly string[] _bio = ["O", "B-A", "I-A", "B-B", "I-B"];
    private static readonly string[] _bioes = ["O", "B-A", "I-A", "E-A", "S-A", "E-B", "B-B"];

    [Theory]
    [InlineData("Bio", "O B-A I-A I-A B-A B-B I-B O", -1)]
    [InlineData("Bio", "I-A O", 0)]
    [InlineData("Bio", "B-A I-B", 1)]
    [InlineData("Bio", "O I-A", 1)]
    [InlineData("Bio", "? I-A", -1)]
    [InlineData("Bio", "O ? I-A", -1)]
    [InlineData("Bio", "B-B ?", -1)]
    [InlineData("Bioes", "O S-A S-A B-A E-A B-A I-A I-A E-A O", -1)]
    [InlineData("Bioes", "B-A", 1)]
    [InlineData("Bioes", "B-A O", 1)]
    [InlineData("Bioes", "B-A S-A", 1)]
    [InlineData("Bioes", "B-A I-A", 2)]
    [InlineData("Bioes", "E-A", 0)]
    [InlineData("Bioes", "B-A E-B", 1)]
    [InlineData("Bioes", "B-A ? E-A", -1)]
    [InlineData("Bioes", "B-A ? E-B", 2)]
    [InlineData("Bioes", "B-A ? ? E-B", -1)]
    [InlineData("Bioes", "O B-A ?", -1)]
    [InlineData("Bioes", "? ?", -1)]
    public void The_first_step_that_they_forbid_is_found(string scheme, string tags, int step)
    {
        TaggingScheme parsed = Enum.Parse<TaggingScheme>(scheme);
        string[] names = parsed == TaggingScheme.Bio ? _bio : _bioes;
        float[] labels = [.. tags.Split(' ').Select(tag => tag == "?" ? float.NaN : Array.IndexOf(names, tag))];
        Assert.Equal(step, new TagRules(parsed, names).FindViolation(labels, new bool[2 * names.Length]));
    }

    [Theory]
    [InlineData("Bio", "O,B-A,I-A", null)]
    [InlineData("Bio", "B,I", null)]
    [InlineData("Bio", "B-A-1,I-A-1", null)]
    [InlineData("Bio", "O,B-A,E-A", "'E-A' is not O, and not B or I followed by a hyphen and a type")]
    [InlineData("Bioes", "O,NOUN", "'NOUN' is not O, and not B, I, E or S followed by a hyphen and a type")]
    [InlineData("Bio", "O,B-", "'B-' is not O, and not B or I followed by a hyphen and a type")]
    [InlineData("Bio", "O,", "'' is not O, and not B or I followed by a hyphen and a type")]
    [InlineData("Bio", "I-A", "no label can stand alone, as O or B can")]
    [InlineData("Bioes", "B-A,E-A", "no label can stand alone, as O or S can")]
    public void Names_that_do_not_fit_are_told(string scheme, string names, string? fault) =>
        Assert.Equal(fault, TagRules.FindFault(Enum.Parse<TaggingScheme>(scheme), names.Split(',')));
}
