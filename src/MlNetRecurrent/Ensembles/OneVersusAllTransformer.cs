using MlNetRecurrent.Ensembles;
using MlNetRecurrent.Scoring;
using MlNetRecurrent.Warnings;

[assembly: LoadableClass(
    typeof(OneVersusAllTransformer), null, typeof(SignatureLoadModel), "One recurrent network for each class",
    OneVersusAllTransformer.LoaderSignature)]

namespace MlNetRecurrent.Ensembles;

/// <summary>Adds the predictions of one network for each class to a view.</summary>
internal sealed class OneVersusAllTransformer(OneVersusAllModel model, WarningLog warnings) : ITransformer
{
    internal const string LoaderSignature = "MlNetRecurrentOva";

    public bool IsRowToRowMapper => true;

    public OneVersusAllModel Model => model;

    private static VersionInfo Version => LoaderVersion.Of("MLNRCOVA", LoaderSignature);

    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => ModelScoring.Describe(inputSchema, model);

    public IDataView Transform(IDataView input) => ModelScoring.AddTo(input, model, warnings);

    public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema) => ModelScoring.MapRows(inputSchema, model, warnings);

    void ICanSaveModel.Save(ModelSaveContext context)
    {
        context.CheckAtModel();
        context.SetVersionInfo(Version);
        model.Write(context.Writer);
    }

    /// <summary>ML.NET looks for a constructor or a method of this name and these parameters.</summary>
    private static OneVersusAllTransformer Create(IHostEnvironment environment, ModelLoadContext context)
    {
        context.CheckAtModel(Version);
        return new(OneVersusAllModel.Read(context.Reader, FileBudget.Of(context)), new(environment, "Scoring", WarningPolicy.Log));
    }
}
