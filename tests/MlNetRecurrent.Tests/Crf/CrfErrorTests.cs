using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRecurrent.Tests.Crf;

/// <summary>Options and labels that a CRF cannot have, each with its message.</summary>
public sealed class CrfErrorTests
{
    private readonly MLContext _ml = new(seed: 1);

    public static TheoryData<string, string> Options => new()
    {
        { nameof(RecurrentOptions.TruncatedBpttSteps), "TruncatedBpttSteps must be 0 with UseCrf, whose loss is that of whole sequences" },
        { nameof(RecurrentOptions.LabelSmoothing), "LabelSmoothing must be 0 with UseCrf, whose loss has no smoothed labels" },
        { nameof(RecurrentOptions.BalanceClasses), "BalanceClasses must be false with UseCrf, whose loss has one weight for all labels" },
        { nameof(RecurrentOptions.UseCrf), "TagScheme must be None without UseCrf" },
        { nameof(RecurrentOptions.TagScheme), "TagScheme must be None, Bio or Bioes" },
    };

    [Theory]
    [MemberData(nameof(Options))]
    public void Options_that_exclude_it_are_refused_when_the_trainer_is_made(string option, string expected)
    {
        RecurrentOptions options = CrfTraining.Options();
        switch (option)
        {
            case nameof(RecurrentOptions.TruncatedBpttSteps): options.TruncatedBpttSteps = 4; break;
            case nameof(RecurrentOptions.LabelSmoothing): options.LabelSmoothing = 0.1f; break;
            case nameof(RecurrentOptions.BalanceClasses): options.BalanceClasses = true; break;
            case nameof(RecurrentOptions.UseCrf): options.UseCrf = false; break;
            default: options.TagScheme = (TagScheme)7; break;
        }
        var exception = Assert.Throws<ArgumentOutOfRangeException>(() => _ml.MulticlassClassification.Trainers.SequenceTagger(options));
        Assert.Equal(option == nameof(RecurrentOptions.UseCrf) ? nameof(RecurrentOptions.TagScheme) : option, exception.ParamName);
        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Trainers_without_a_class_for_each_step_refuse_it()
    {
        Func<RecurrentOptions, RecurrentTrainer>[] trainers =
        [
            _ml.MulticlassClassification.Trainers.Recurrent, _ml.BinaryClassification.Trainers.Recurrent,
            _ml.Regression.Trainers.Recurrent, _ml.BinaryClassification.Trainers.SequenceTagger,
            _ml.Regression.Trainers.SequenceTagger,
        ];
        Assert.All(trainers, trainer =>
        {
            AssertRefused("UseCrf must be false", trainer, new() { UseCrf = true });
            AssertRefused("TagScheme must be None", trainer, new() { TagScheme = TagScheme.Bio });
        });

        static void AssertRefused(string expected, Func<RecurrentOptions, RecurrentTrainer> trainer, RecurrentOptions options) =>
            Assert.Contains(
                $"{expected} for trainers other than MulticlassClassification.SequenceTagger",
                Assert.Throws<ArgumentOutOfRangeException>(() => trainer(options)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("O I-A O", "row 2, step 1 (both counted from 0): 'I-A' cannot follow 'O' in the scheme Bio")]
    [InlineData("I-B O O", "row 2, step 0 (both counted from 0): 'I-B' cannot begin a sequence in the scheme Bio")]
    [InlineData("B-A I-A I-B", "row 2, step 2 (both counted from 0): 'I-B' cannot follow 'I-A' in the scheme Bio")]
    public void Labels_that_the_scheme_forbids_are_named_with_row_and_step(string tags, string expected)
    {
        foreach (int cacheMegabytes in (int[])[256, 0])
        {
            Sentence[] rows = Sentence.Generate(10);
            rows[2] = new() { Tokens = ["o", "n", "n"], Tags = tags.Split(' ') };
            string message = Assert.Throws<InvalidOperationException>(
                () => CrfTraining.Fit(_ml, options => options.CacheMegabytes = cacheMegabytes, rows)).Message;
            Assert.Contains(expected, message, StringComparison.Ordinal);
            Assert.Contains("Label column 'Tags'", message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_sequence_that_ends_within_a_span_or_has_no_way_over_its_missing_labels_is_refused()
    {
        string[] names = ["O", "B-A", "I-A", "E-A", "B-B", "E-B", "S-A"];
        AssertRefused("O B-A", "row 0, step 1 (both counted from 0): the sequence cannot end after 'B-A' in the scheme Bioes");
        AssertRefused(
            "B-A ? E-B", "row 0, step 2 (both counted from 0): 'E-B' cannot follow 'B-A' with 1 missing label between in the scheme Bioes");
        names = ["O", "B-A", "I-B"];
        AssertRefused(
            "? I-B",
            "row 0, step 1 (both counted from 0): no label can stand before 'I-B' at the step with a missing label in the scheme Bio",
            TagScheme.Bio);
        AssertRefused("? ? I-B", "no label can stand before 'I-B' at the 2 steps with missing labels in the scheme Bio", TagScheme.Bio);

        void AssertRefused(string tags, string expected, TagScheme scheme = TagScheme.Bioes)
        {
            RecurrentOptions options = CrfTraining.Options();
            options.TagScheme = scheme;
            string[] split = tags.Split(' ');
            IDataView data = CrfTraining.Keyed(_ml, [new() { Tokens = [.. split.Select(_ => "n")], Tags = split }], names);
            string message = Assert.Throws<InvalidOperationException>(
                () => _ml.MulticlassClassification.Trainers.SequenceTagger(options).Fit(data)).Message;
            Assert.Contains(expected, message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Labels_without_names_or_with_other_names_than_those_of_the_scheme_are_refused()
    {
        RecurrentTrainer trainer = _ml.MulticlassClassification.Trainers.SequenceTagger(CrfTraining.Options());
        IDataView unnamed = _ml.Data.LoadFromEnumerable(
            Enumerable.Range(0, 5).Select(_ => new Unnamed { Tokens = [1, 2], Tags = [1, 2] }));
        string message = Assert.Throws<InvalidOperationException>(() => trainer.Fit(unnamed)).Message;
        Assert.Contains("Label column 'Tags' has keys without values. TagScheme is Bio", message, StringComparison.Ordinal);
        IDataView other = CrfTraining.Keyed(_ml, Sentence.Generate(5), [.. CrfTraining.Names, "NOUN"]);
        message = Assert.Throws<InvalidOperationException>(() => trainer.Fit(other)).Message;
        Assert.Contains(
            "of the labels in column 'Tags' 'NOUN' is not O, and not B or I followed by a hyphen and a type", message,
            StringComparison.Ordinal);
    }

    private sealed class Unnamed
    {
        [KeyType(3)]
        public uint[] Tokens { get; set; } = [];

        [KeyType(3)]
        public uint[] Tags { get; set; } = [];
    }
}
