using MlNetRecurrent.Checks;
using MlNetRecurrent.Scoring;
using MlNetRecurrent.Sequences;
using MlNetRecurrent.Tasks;

namespace MlNetRecurrent.Importance;

/// <summary>The arguments of <c>PermutationFeatureImportance</c>.</summary>
internal sealed record ImportanceSettings(
    ScoringModel Model, IDataView Data, SequencePermutation Permutation, string LabelColumnName, int? NumberOfExamples,
    int PermutationCount, int? Seed, IProgress<double>? Progress)
{
    /// <exception cref="ArgumentException">The model is for another task, or for labels that are vectors.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range, or the label column is missing.</exception>
    public void Validate(RecurrentTask task)
    {
        OptionCheck.That(Enum.IsDefined(Permutation), "permutation", Permutation, "Feature or FeatureAndLag");
        OptionCheck.That(NumberOfExamples is null or >= 1, "numberOfExamplesToUse", NumberOfExamples, "at least 1");
        OptionCheck.That(PermutationCount >= 1, "permutationCount", PermutationCount, "at least 1");
        if (Model.Outputs.Task.Name != task.Name)
        {
            throw new ArgumentException(
                $"The model is for the task {Model.Outputs.Task.Name}; its importance is not measured by the metrics of {task.Name}.");
        }
        DataViewSchema.Column label = SchemaShapeRules.Find(Data.Schema, LabelColumnName, "data");
        if (Model.Outputs.Slots is not null || label.Type is VectorDataViewType)
        {
            throw new ArgumentException(
                $"The labels of the model, or of column '{LabelColumnName}', are vectors; importance is measured by the metrics of scalar "
                + "labels.");
        }
    }
}
