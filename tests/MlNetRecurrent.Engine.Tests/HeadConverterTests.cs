using System.Text;
using MlNetRecurrent.Engine.Definitions;
using MlNetRecurrent.Engine.Heads;
using MlNetRecurrent.Engine.Serialization;

namespace MlNetRecurrent.Engine.Tests;

/// <summary>Heads in the JSON of files.</summary>
public sealed class HeadConverterTests
{
    private static readonly CrfDefinition _bio = new() { Scheme = TaggingScheme.Bio, Tags = ["O", "B-A", "I-A"] };

    [Fact]
    public void A_head_without_settings_is_its_name_as_in_older_files()
    {
        Assert.Equal("\"SoftmaxCrossEntropy\"", Write(HeadDefinition.Categorical));
        Assert.Equal("\"ConditionalRandomField\"", Write(new CrfDefinition()));
        Assert.Equal(new CrfDefinition(), Read("\"ConditionalRandomField\""));
    }

    [Fact]
    public void A_head_with_settings_comes_back()
    {
        string json = Write(_bio);
        Assert.Equal("""{"Name":"ConditionalRandomField","Scheme":"Bio","Tags":["O","B-A","I-A"]}""", json);
        Assert.Equal(_bio, Read(json));
        Assert.NotEqual(_bio with { Tags = ["O", "B-A", "B-B"] }, Read(json));
        Assert.True(_bio.Fits(3));
    }

    [Theory]
    [InlineData("\"None\"")]
    [InlineData("7")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"Name":7}""")]
    [InlineData("""{"Name":"None"}""")]
    [InlineData("""{"Name":"ConditionalRandomField","Scheme":1}""")]
    [InlineData("""{"Name":"ConditionalRandomField","Scheme":"Bio","Scheme":"Bio"}""")]
    [InlineData("""{"Name":"ConditionalRandomField","Scheme":"Bio","Tags":{}}""")]
    public void Other_JSON_is_refused(string json) => Assert.Throws<InvalidDataException>(() => Read(json));

    [Fact]
    public void A_head_whose_tags_are_not_of_its_scheme_fits_no_network()
    {
        CrfDefinition[] unfit =
        [
            _bio with { Tags = null }, _bio with { Tags = ["O", "B-A", null!] }, _bio with { Tags = ["O", "B-A", "X"] },
            _bio with { Tags = ["O", "B-A"] }, _bio with { Scheme = TaggingScheme.None },
        ];
        Assert.All(unfit, head => Assert.False(head.Fits(3)));
    }

    private static string Write(HeadDefinition head) => Encoding.UTF8.GetString(DescriptionJson.Write(head));

    private static HeadDefinition Read(string json) => DescriptionJson.Read<HeadDefinition>(Encoding.UTF8.GetBytes(json), "model");
}
