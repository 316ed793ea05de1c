using Microsoft.ML;
using MlNetRecurrent.Tests.Crf;

namespace MlNetRecurrent.Tests.Labels;

/// <summary>Additional outputs and labels of them that are refused.</summary>
public sealed class AdditionalOutputRefusalTests
{
    private readonly MLContext _ml = new(seed: 1);

    [Fact]
    public void The_label_of_an_output_among_the_features_is_found()
    {
        VectorRow[] rows = VectorRow.Generate(50);
        foreach (VectorRow row in rows)
            row.Last = row.Features[^1];
        RecurrentOptions options = VectorRow.Options("Sum");
        options.AllowLabelInFeatures = false;
        options.AdditionalOutputs = [new("Last", OutputTask.Regression)];
        string message = Assert.Throws<InvalidOperationException>(() => Fit(VectorRow.View(_ml, rows), options)).Message;
        Assert.StartsWith("Label column 'Last' equals feature 1", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Labels_of_steps_are_as_many_as_steps_in_each_column()
    {
        Sentence[] rows = Sentence.Generate(20);
        rows[3].Inside = [];
        IDataView data = CrfTraining.Keyed(_ml, rows);
        RecurrentOptions options = CrfTraining.Options();
        options.AdditionalOutputs = [new("Inside", OutputTask.BinaryClassification)];
        string message = Assert.Throws<InvalidOperationException>(
            () => _ml.MulticlassClassification.Trainers.SequenceTagger(options).Fit(data)).Message;
        Assert.StartsWith("Row 3 (counted from 0) has 0 labels in column 'Inside' for", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Nowhere", OutputTask.Regression, "Label column 'Nowhere' is missing")]
    [InlineData("Sum", OutputTask.Regression, "'Sum' is LabelColumnName and that of AdditionalOutputs[0]")]
    [InlineData("Sum", (OutputTask)7, "AdditionalOutputs[0].Task must be BinaryClassification")]
    [InlineData("Sign", OutputTask.MulticlassClassification, "Label column 'Sign' is Boolean; expected a key")]
    [InlineData("Rises", OutputTask.BinaryClassification, "labels of steps need a sequence tagger")]
    [InlineData(" ", OutputTask.Regression, "AdditionalOutputs[0].LabelColumnName")]
    public void An_output_that_cannot_be_learned_is_refused_by_name(string column, OutputTask task, string expected)
    {
        RecurrentOptions options = VectorRow.Options("Sum");
        options.AdditionalOutputs = [new(column, task)];
        IDataView data = VectorRow.View(_ml, VectorRow.Generate(20));
        Assert.Contains(expected, Assert.ThrowsAny<Exception>(() => Fit(data, options)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_weights_and_columns_of_outputs_are_checked_when_the_trainer_is_made()
    {
        AssertRefused(
            "AdditionalOutputs[0].LossWeight must be a finite number above 0",
            new AdditionalOutput("Sign", OutputTask.Regression) { LossWeight = 0 });
        AssertRefused("AdditionalOutputs[0].Name", new AdditionalOutput("Sign", OutputTask.Regression) { Name = "" });
        AssertRefused(
            "The name of AdditionalOutputs[1] is 'Sign'",
            new("Sign", OutputTask.Regression), new("Last", OutputTask.Regression) { Name = "Sign" });
        AssertRefused("AdditionalOutputs[1]", new("Sign", OutputTask.Regression), null!);
        RecurrentOptions options = VectorRow.Options("Sum");
        options.AllowLabelInFeatures = false;
        (options.StaticColumnNames, options.AdditionalOutputs) = (["Last"], [new("Last", OutputTask.Regression)]);
        string message = Assert.ThrowsAny<ArgumentException>(() => _ml.Regression.Trainers.Recurrent(options)).Message;
        Assert.Contains("'Last' is the label of AdditionalOutputs[0] and one that the network reads", message, StringComparison.Ordinal);

        void AssertRefused(string expected, params AdditionalOutput[] outputs)
        {
            RecurrentOptions odd = VectorRow.Options("Sum");
            odd.AdditionalOutputs = outputs;
            string message = Assert.ThrowsAny<ArgumentException>(() => _ml.Regression.Trainers.Recurrent(odd)).Message;
            Assert.Contains(expected, message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_column_without_any_label_is_named()
    {
        VectorRow[] rows = VectorRow.Generate(20);
        foreach (VectorRow row in rows)
            row.Last = float.NaN;
        RecurrentOptions options = VectorRow.Options("Sum");
        options.AdditionalOutputs = [new("Last", OutputTask.Regression)];
        string message = Assert.Throws<InvalidOperationException>(() => Fit(VectorRow.View(_ml, rows), options)).Message;
        Assert.Equal("None of the 20 rows to learn from has a label in column 'Last'.", message);
    }

    [Fact]
    public void An_output_with_a_single_class_is_named()
    {
        VectorRow[] rows = VectorRow.Generate(20);
        foreach (VectorRow row in rows)
            row.Sign = true;
        RecurrentOptions options = VectorRow.Options("Sum");
        options.AdditionalOutputs = [new("Sign", OutputTask.BinaryClassification) { Name = "Direction" }];
        string message = Assert.Throws<InvalidOperationException>(() => Fit(VectorRow.View(_ml, rows), options)).Message;
        Assert.Equal(
            "All 20 rows to learn from have the same label in column 'Sign', True: there is nothing to tell apart. "
            + "Leave out the additional output 'Direction', or add rows with another label.",
            message);
    }

    [Fact]
    public void A_previous_model_with_another_task_is_refused_with_the_name_of_the_output()
    {
        RecurrentOptions options = VectorRow.Options("Sum");
        options.AdditionalOutputs = [new("Numbers", OutputTask.Regression) { Name = "Direction" }];
        IDataView data = VectorRow.View(_ml, VectorRow.Generate(20));
        RecurrentTransformer previous = Fit(data, options);
        options.AdditionalOutputs = [new("Numbers", OutputTask.BinaryClassification) { Name = "Direction" }];
        string message = Assert.Throws<ArgumentException>(() => _ml.Regression.Trainers.Recurrent(options).Fit(data, previous)).Message;
        Assert.Equal(
            "The training cannot go on with the previous model: its task is Regression. The task of additional output 'Direction' "
            + "(label column 'Numbers') is BinaryClassification. ReplaceOutputs keeps the layers and learns the outputs anew.",
            message);
        options.AdditionalOutputs = [];
        message = Assert.Throws<ArgumentException>(() => _ml.Regression.Trainers.Recurrent(options).Fit(data, previous)).Message;
        Assert.Contains("its additional outputs are 'Direction', those of the options are none. All", message, StringComparison.Ordinal);
        Assert.Contains("ReplaceOutputs keeps the layers", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Truncation_is_refused_by_the_name_of_an_output_of_whole_sequences()
    {
        RecurrentOptions options = VectorRow.Options("Means");
        (options.TruncatedBpttSteps, options.AdditionalOutputs) = (2, [new("Sign", OutputTask.BinaryClassification)]);
        string message = Assert.Throws<ArgumentOutOfRangeException>(
            () => _ml.Regression.Trainers.SequenceTagger(options).Fit(VectorRow.View(_ml, VectorRow.Generate(20)))).Message;
        Assert.StartsWith(
            "TruncatedBpttSteps must be 0 with the additional output 'Sign', whose label is that of the whole sequence.",
            message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Sum", "LabelColumnName")]
    [InlineData("Features", "one of FeatureColumnNames")]
    [InlineData("Last", "one of StaticColumnNames")]
    [InlineData("Sign", "the label of one of AdditionalOutputs")]
    public void A_weight_that_is_a_label_or_a_feature_is_refused(string column, string role)
    {
        RecurrentOptions options = VectorRow.Options("Sum");
        (options.StaticColumnNames, options.AdditionalOutputs) = (["Last"], [new("Sign", OutputTask.BinaryClassification)]);
        options.ExampleWeightColumnName = column;
        string message = Assert.Throws<ArgumentException>(() => _ml.Regression.Trainers.Recurrent(options)).Message;
        Assert.StartsWith(
            $"The column '{column}' is ExampleWeightColumnName and {role}. If that is intended, copy it to another name (CopyColumns).",
            message, StringComparison.Ordinal);
    }

    private RecurrentTransformer Fit(IDataView data, RecurrentOptions options) => _ml.Regression.Trainers.Recurrent(options).Fit(data);
}
